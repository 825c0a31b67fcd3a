"""One replication as a readable history: who did what, how it was meant and how it was read."""

from __future__ import annotations

from collections.abc import Collection

from wargame.classroom.history.history import History
from wargame.classroom.story.story import Story, Week
from wargame.classroom.story.teller import Teller
from wargame.engine.results import CRISIS_ENDS, Results
from wargame.scenario.ladder import RUNGS, WAR, outcome_of
from wargame.scenario.schema import Scenario
from wargame.show.chances import about
from wargame.show.names import period, unit_of
from wargame.show.percentages import span


def tell(
    history: History, run: Results, *, why: bool = False, players: Collection[str] = ()
) -> Story:
    """Tell a history.

    Parameters
    ----------
    run : Results
        The run it belongs to: how common such a history is.
    why : bool
        Add a card to each decision.
    players : collection of str
        Actors led by the one to whom it is told: what they open with is that one's order.
    """
    scenario, outcome = history.scenario, outcome_of(history.peak)
    share = run.outcomes().get(outcome)
    common = (
        f", as {about(share)} histories of this run do ({span(share.low, share.high)})"
        if share
        else ""
    )
    opening = (
        f"One simulated history out of {history.of:,}, number {history.number}, from seed "
        f'{run.seed}. It counts as "{outcome}"{common}.',
        f"Its worst moment is rung {history.peak}: {RUNGS[history.peak]}. One history shows what "
        "can happen under the scenario's assumptions, not what will.",
    )
    teller = Teller(history, why, players)
    weeks = _merge_quiet(scenario, [teller.week(turn) for turn in range(1, history.turns + 1)])
    return Story(
        f"{scenario.title}: history {history.number}", opening, weeks, _ending(history, outcome)
    )


def _merge_quiet(scenario: Scenario, weeks: list[Week]) -> tuple[Week, ...]:
    merged: list[Week] = []
    for week in weeks:
        if merged and not week.lines and not merged[-1].lines:
            first = merged.pop().first
            week = Week(first, week.last, period(scenario, first, week.last), ())
        merged.append(week)
    return tuple(merged)


def _ending(history: History, outcome: str) -> tuple[str, ...]:
    scenario, row = history.scenario, history.results.table
    unit = unit_of(scenario).lower()
    if history.peak >= WAR:
        end = f"It ends in {unit} {history.turns} with {outcome}: the simulation goes no further."
    else:
        end = f"The scenario ends with {unit} {history.turns}, {_standing(history)}."
    deaths = int(row["deaths"][0])
    dead = "a thousand or more" if deaths >= 1000 else f"{deaths}" if deaths else "nobody"
    counted = (
        f"Acts: {int(row['acts'][0])}, of which {int(row['joined'][0])} for an ally and "
        f"{int(row['accidental'][0])} that went further than meant. Dead: {dead}. Crises: "
        f"{int(row['crises'][0])}. Agreements made: {int(row['agreements'][0])}, broken: "
        f"{int(row['broken'][0])}."
    )
    return end, counted


def _standing(history: History) -> str:
    ends = [CRISIS_ENDS[how] for how in history.results.crises["how"]]
    if "open" in ends:
        return "with a crisis still open"
    return "with no crisis open" if ends else "without a crisis having opened"
