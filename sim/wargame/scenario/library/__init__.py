"""What ships, found by name: scenarios, theories, facts, record, literature, tables."""

from wargame.scenario.library.article import Fact, License, facts
from wargame.scenario.library.cites import SOURCES, describe_cite, keys_of
from wargame.scenario.library.folders import read_bytes, starting_text
from wargame.scenario.library.menus import menu_names, take_menus
from wargame.scenario.library.scenarios import find_scenario, scenario_names
from wargame.scenario.library.seeds import record, table
from wargame.scenario.library.theories import find_theory, theory_names

__all__ = [
    "SOURCES",
    "Fact",
    "License",
    "describe_cite",
    "facts",
    "find_scenario",
    "find_theory",
    "keys_of",
    "menu_names",
    "read_bytes",
    "record",
    "scenario_names",
    "starting_text",
    "table",
    "take_menus",
    "theory_names",
]
