"""Who plays what against whom: what is settled before the first turn of a game."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wargame.classroom.play.scripts import STYLES
from wargame.engine.policies import MODEL
from wargame.engine.streams import row_key
from wargame.errors import UnknownName, UsageError
from wargame.scenario import loader
from wargame.scenario.changes.horizon import with_turns
from wargame.scenario.library import theory_names
from wargame.scenario.schema import Scenario

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
    UnknownName, UsageError
        For an unknown actor, opponent or scenario, an actor named twice, or two theories.
    ScenarioError
        With every problem of the scenario.
    """
    plain = (MODEL, *STYLES)
    if opponents not in plain and opponents not in theory_names():
        raise UnknownName("opponents", opponents, [*plain, *theory_names()])
    if opponents not in plain:
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


def read_players(names: Sequence[str], scenario: Scenario) -> tuple[str, ...]:
    """Return the actors that people play.

    Raises
    ------
    UnknownName, UsageError
        For one that is not in the scenario, one named twice, or none at all.
    """
    players = tuple(name.strip().upper() for name in names if name.strip())
    for name in players:
        if name not in scenario.actors:
            raise UnknownName("actor", name, scenario.actors, field="players")
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
