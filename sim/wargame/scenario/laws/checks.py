"""All rules that need the whole scenario.

An error makes a scenario invalid; a warning names something that is lawful and
probably not meant. Whether menus let their owners act freely is in
`wargame.scenario.laws.balance`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wargame.scenario.laws.calendar import check_calendar, check_teaching
from wargame.scenario.laws.citations import check_cites, check_sources
from wargame.scenario.laws.conditions import check_conditions
from wargame.scenario.laws.effects import check_effects
from wargame.scenario.laws.finding import Finding
from wargame.scenario.laws.references import (
    check_commitments,
    check_goals,
    check_ids,
    check_targets,
)
from wargame.scenario.schema import (
    Scenario,
)

RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_targets,
    check_commitments,
    check_goals,
    check_ids,
    check_conditions,
    check_effects,
    check_calendar,
    check_teaching,
    check_sources,
    check_cites,
)
"""Rules on what is named where."""
