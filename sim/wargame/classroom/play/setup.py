"""Who plays what against whom: what is settled before the first turn of a game."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wargame.classroom.play.scripts import STYLES
from wargame.engine.draws import row_key
from wargame.engine.policies import MODEL
from wargame.errors import UsageError, one_of
from wargame.scenario import canonical, loader
from wargame.scenario.horizon import with_turns
from wargame.scenario.library import theory_names
from wargame.scenario.schema import Scenario
from wargame.scenario.text.scalars import clean_line

MOST_SEED = 2**63
"""A seed is below this."""

_PLAIN = (MODEL, *STYLES)
_EARLIEST_END = 0.6
"""With a hidden end a game lasts at least this share of its turns."""


@dataclass(frozen=True)
class Setup:
    """What is settled before the first turn.

    Attributes
    ----------
    scenario : Scenario
        As it is played: theory, changes and horizon applied.
    name : str
        What was asked for.
    players : tuple of str
        Actors led by people, in the order they take the keyboard.
    opponents : str
        "model", the name of a theory (the model under it), or of a style in `STYLES`.
    hidden_end : bool
        Whether the players are not told the last turn.
    """

    scenario: Scenario
    name: str
    seed: int
    players: tuple[str, ...]
    opponents: str = MODEL
    hidden_end: bool = False

    def __post_init__(self) -> None:
        """Hold a game just begun and one taken up again to the same rules.

        Raises
        ------
        UsageError, one_of
            For an unknown actor or opponent, an actor named twice, nobody at all, or a seed
            beyond 0 to 2^63 - 1.
        """
        _check_opponents(self.opponents)
        if read_players(self.players, self.scenario) != self.players:
            raise UsageError(f"{', '.join(self.players)} are no ids of actors.", field="players")
        if not 0 <= self.seed < MOST_SEED:
            raise UsageError(f"{self.seed} is not a seed. Use 0 to 2^63 - 1.", field="seed")

    @property
    def scripted(self) -> tuple[str, ...]:
        """Actors that follow a style, sorted."""
        if self.opponents not in STYLES:
            return ()
        return tuple(sorted(set(self.scenario.actors) - set(self.players)))


def set_up(
    source: str | Path,
    players: Sequence[str],
    seed: int,
    *,
    opponents: str = MODEL,
    settings: Sequence[str] = (),
    theory: str | Path | None = None,
    turns: int | None = None,
    hidden_end: bool = False,
) -> Setup:
    """Prepare a game.

    Parameters
    ----------
    source : str or Path
        A scenario file or a shipped name.
    players : sequence of str
        Actor ids, in any case.
    opponents : str
        See `Setup`. A theory moves the numbers of the whole scenario.
    settings : sequence of str
        Changes such as ``actors.PRK.tempo=0.05``.
    theory : str or Path, optional
        Moves the numbers before the settings do; not together with one in `opponents`.
    turns : int, optional
        How many; those of the file unless given.
    hidden_end : bool
        End in a turn drawn from the last two fifths.

    Raises
    ------
    UsageError, one_of
        For an unknown actor, opponent or scenario, an actor named twice, or two theories.
    ScenarioError
        With every problem of the scenario.
    """
    _check_opponents(opponents)
    if opponents not in _PLAIN:
        if theory is not None:
            raise UsageError(
                f"«theory» {theory} and «opponents» {opponents}: a game takes one theory, and it "
                "moves the numbers of all actors. Leave one of them out."
            )
        theory = opponents
    scenario = loader.load(source, settings, theory)
    if turns is not None:
        scenario, _ = with_turns(scenario, turns)
    if hidden_end:
        scenario, _ = with_turns(scenario, plan_end(scenario.turns, seed))
    chosen = read_players(players, scenario)
    return Setup(scenario, str(source), seed, chosen, opponents, hidden_end)


def _check_opponents(name: str) -> None:
    one_of("opponents", name, (*_PLAIN, *theory_names()), field="opponents")


def read_players(names: Sequence[str], scenario: Scenario) -> tuple[str, ...]:
    """Return the actors that people play.

    Raises
    ------
    UsageError, one_of
        For one that is not in the scenario, one named twice, or none at all.
    """
    players = tuple(name.strip().upper() for name in names if name.strip())
    for name in players:
        one_of("actor", name, scenario.actors, field="players")
    if not players or len(set(players)) < len(players):
        given = ",".join(names) or "nobody"
        raise UsageError(
            f"'{given}' does not say who is played. Name each actor once, for example "
            f"«players» {next(iter(scenario.actors))}; there are {', '.join(scenario.actors)}.",
            field="players",
        )
    return players


def plan_end(turns: int, seed: int) -> int:
    """Return the last turn of a game with a hidden end.

    Parameters
    ----------
    turns : int
        The most it may have.

    Returns
    -------
    int
        Between three fifths of them and all, each equally likely.
    """
    least = max(1, math.ceil(_EARLIEST_END * turns))
    return least + int(row_key(f"{seed}/horizon")) % (turns - least + 1)


def describe(setup: Setup) -> dict[str, Any]:
    """Return a setup as plain data, for the first event of a game's log."""
    from importlib.metadata import version

    return {
        "scenario": canonical.dump(setup.scenario),
        "digest": canonical.digest(setup.scenario),
        "name": setup.name,
        "seed": setup.seed,
        "players": list(setup.players),
        "opponents": setup.opponents,
        "hidden_end": setup.hidden_end,
        "version": version("wargame"),
    }


def recall(body: Mapping[str, Any]) -> Setup:
    """Return the setup that plain data describe.

    Raises
    ------
    KeyError, TypeError, ValueError, WargameError
        When something of it is missing, of another kind, or would not be set up today.
    """
    scenario = loader.loads(read_text(body["scenario"]), "the saved scenario")
    if canonical.digest(scenario) != body["digest"]:
        raise ValueError("the scenario in it is not the one the game began with")
    seed, players, hidden_end = body["seed"], body["players"], body["hidden_end"]
    if type(seed) is not int or type(hidden_end) is not bool or type(players) is not list:
        raise TypeError("its seed, its players or its hidden end are of another kind")
    name, opponents = clean_line(read_text(body["name"])), read_text(body["opponents"])
    return Setup(scenario, name, seed, tuple(map(read_text, players)), opponents, hidden_end)


def read_text(value: object) -> str:
    """Return text out of plain data.

    Raises
    ------
    TypeError
        When it is something else.
    """
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value
