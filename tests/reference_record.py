"""What the reference program writes down about a history: section "What is counted"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from reference_world import World


@dataclass
class History:
    """What happened, by the names of the engine's results but with ids for indices."""

    acts: list[dict[str, Any]] = field(default_factory=list)
    turn_peaks: list[int] = field(default_factory=list)
    columns: dict[str, Any] = field(default_factory=dict)
    crises: list[dict[str, Any]] = field(default_factory=list)
    answers: Counter[tuple[int, int | None]] = field(default_factory=Counter)
    joined: Counter[tuple[str, str]] = field(default_factory=Counter)


def record(world: World) -> History:
    """6. Write down what happened."""
    history = History(answers=world.answers)
    history.acts = [
        {
            "turn": act.turn,
            "link": act.link,
            "actor": act.actor,
            "action": act.action.id,
            "intended": act.action.rung,
            "realised": act.realised,
            "accidental": act.accidental,
            "provoker": act.provoker,
            "trigger": act.trigger,
            "perceived": act.perceived,
            "behalf": act.behalf,
            "deaths": act.deaths,
        }
        for act in world.acts
    ]
    played = len(world.turn_peaks)
    history.turn_peaks = world.turn_peaks + [0] * (world.scenario.turns - played)
    history.crises = [{"opened": c.opened, "ended": c.ended, "how": c.how} for c in world.crises]
    history.joined = Counter((act.actor, act.behalf) for act in world.acts if act.behalf)
    peak, died = max(world.turn_peaks), sum(act.deaths for act in world.acts)
    history.columns = {
        "peak": peak,
        "turns": played,
        "turns_at_5": sum(p >= 5 for p in world.turn_peaks),
        "lethal_turns": sum(p >= 6 for p in world.turn_peaks),
        "incidents": count_incidents(world),
        "deaths": 1000 if peak >= 8 else min(1000, died),
        "crises": len(world.crises),
        "crisis_turns": sum(c.ended - c.opened + 1 for c in world.crises),
        "agreements": world.made,
        "broken": world.broken,
        "acts": len(world.acts),
        "accidental": sum(act.accidental for act in world.acts),
        "joined": sum(act.behalf is not None for act in world.acts),
    }
    for level in (4, 5, 6):
        history.columns[f"first_{level}"], history.columns[f"crosser_{level}"] = crossing(
            world, level
        )
    return history


def crossing(world: World, level: int) -> tuple[int, str | None]:
    """Return the first turn at a level (0: never) and who reached it."""
    reached = [act for act in world.acts if act.realised >= level]
    if not reached:
        return 0, None
    turn, link = min((act.turn, act.link) for act in reached)
    who = {act.actor for act in reached if (act.turn, act.link) == (turn, link)}
    return turn, who.pop() if len(who) == 1 else "several"


def count_incidents(world: World) -> int:
    def side(i: str) -> str:
        return world.scenario.actors[i].side or i

    return len(
        {
            (act.turn, act.link, side(act.actor))
            for act in world.acts
            if 2 <= act.realised <= 8
            and any(side(j) != side(act.actor) for j in act.action.targets)
        }
    )
