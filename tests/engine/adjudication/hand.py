"""Small worlds set up by hand, in which everything happens for certain."""

from __future__ import annotations

import itertools
from typing import Any

from reference_record import History
from reference_world import uniform
from wargame.scenario.schema import Scenario

ALWAYS = dict.fromkeys(("conciliatory", "low", "encroachment", "force"), 1.0)
NEVER = dict.fromkeys(("conciliatory", "low", "encroachment", "force"), 0.0)
SURE = 20.0  # a tempo, excitation or hazard so high that the actor opens: 1 - exp(-20)

_numbers = itertools.count()


def act(name: str, rung: int, *targets: str, **more: Any) -> dict[str, Any]:
    """Return an entry of a menu."""
    needed = {"id": name, "label": name, "rung": rung, "targets": targets, "domain": "ground"}
    return {**needed, **more}


def opener(name: str, rung: int, *targets: str, **more: Any) -> dict[str, Any]:
    """Return an entry an actor may open with, but never answers with."""
    return act(name, rung, *targets, **{"initiative": 0.0, "reply": None, **more})


def actor(*actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an actor that never opens, reads acts rightly and prefers nothing."""
    calm = dict.fromkeys(("tempo", "misperception", "reciprocity", "restraint"), 0.0)
    return {"name": "somebody", **calm, "actions": actions, **more}


def bystander(*towards: str, **more: Any) -> dict[str, Any]:
    """Return an actor that does nothing of its own accord."""
    return actor(act("talk", -1, *towards, reply=None), **more)


def event(turn: int, *effects: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an entry of the calendar."""
    return {"id": f"e{next(_numbers)}", "turn": turn, "effects": effects, **more}


def forced(turn: int, who: str, action: str) -> dict[str, Any]:
    """Return an event that makes an actor do something."""
    return event(turn, act={"actor": who, "action": action})


def tempo(who: str, factor: float, turns: int) -> dict[str, Any]:
    return {"kind": "tempo", "actor": who, "factor": factor, "turns": turns}


def excitation(who: str, amount: float) -> dict[str, Any]:
    return {"kind": "excitation", "actor": who, "amount": amount}


def tension(one: str, other: str, amount: float) -> dict[str, Any]:
    return {"kind": "tension", "between": (one, other), "amount": amount}


def flag(name: str, value: bool) -> dict[str, Any]:
    return {"kind": "flag", "flag": name, "value": value}


def stock(who: str, amount: float) -> dict[str, Any]:
    return {"kind": "stock", "actor": who, "stock": "shells", "amount": amount}


def world(
    *calendar: dict[str, Any],
    turns: int = 3,
    turn_days: int = 7,
    flags: dict[str, bool] | None = None,
    rules: dict[str, Any] | None = None,
    **actors: dict[str, Any],
) -> Scenario:
    """Return a scenario; nobody answers, and strikes never become war, unless rules say so."""
    quiet = {
        "reply": NEVER,
        "chain": {"damping": 1.0, "longest": 4},
        "war_from_strikes": 0.0,
        "tension": {"decay": 0.5, "gain": 0.0},
    }
    return Scenario.model_validate(
        {
            "format": 1,
            "title": "A case",
            "summary": "Set up by hand.",
            "start": "2024-01-01",
            "turns": turns,
            "turn_days": turn_days,
            "flags": flags or {},
            "actors": actors,
            "calendar": calendar,
            "world": {**quiet, **(rules or {})},
        }
    )


def story(history: History) -> list[str]:
    """Return each act as "turn.link actor action"."""
    return [f"{a['turn']}.{a['link']} {a['actor']} {a['action']}" for a in history.acts]


def u(row: str, k: int = 0, seed: int = 1) -> float:
    """Return a draw by the name of its row, without the seed."""
    return uniform(f"{seed}/{row}", k)
