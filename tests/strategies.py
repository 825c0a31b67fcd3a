"""Random small scenarios in which much happens, for Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from wargame.scenario.schema import Scenario

IDS = ("ALF", "BRA", "CHA", "DEL")
FLAGS = ("channel", "alert")
GOALS = ("pride", "safety")
STOCK = "shells"

Draw = Any


def tries(in_ci: int) -> int:
    """Return how many examples to try, in proportion to how hard the profile tries: 200 in ci."""
    return max(5, settings.default.max_examples * in_ci // 200)


def pick(draw: Draw, *choices: Any) -> Any:
    return draw(st.sampled_from(choices))


def some(draw: Draw, names: tuple[str, ...], least: int = 0) -> list[str]:
    """Draw a subset of names, in any order."""
    subsets = st.lists(st.sampled_from(names), unique=True, min_size=least, max_size=len(names))
    drawn: list[str] = draw(subsets)
    return drawn


def number(draw: Draw, *choices: float) -> Any:
    """Draw a plain number or, now and then, one with a range among the choices."""
    value = pick(draw, *choices)
    if pick(draw, False, False, True):
        return {"value": value, "low": min(choices), "high": max(choices)}
    return value


def others(names: tuple[str, ...], own: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != own)


def effect(draw: Draw, names: tuple[str, ...], stocked: set[str], plain: bool) -> dict[str, Any]:
    """Draw an effect; a plain one commutes with others (no flag, no stock)."""
    kinds = ["tempo", "excitation", "tension"]
    kinds += [] if plain else ["flag", *(["stock"] if stocked else [])]
    kind = pick(draw, *kinds)
    actor = pick(draw, *names)
    if kind == "tempo":
        turns = draw(st.integers(1, 4))
        return {"kind": kind, "actor": actor, "factor": number(draw, 0.0, 0.5, 2.0), "turns": turns}
    if kind == "excitation":
        return {"kind": kind, "actor": actor, "amount": number(draw, 0.5, 1.5)}
    if kind == "tension":
        pair = draw(st.permutations(names))[:2]
        return {"kind": kind, "between": pair, "amount": number(draw, 0.125, 0.5)}
    if kind == "flag":
        return {"kind": kind, "flag": pick(draw, *FLAGS), "value": pick(draw, True, False)}
    owner = pick(draw, *sorted(stocked))
    return {"kind": kind, "actor": owner, "stock": STOCK, "amount": number(draw, -0.6, 0.25)}


def condition(draw: Draw, names: tuple[str, ...], stocked: set[str], deep: int = 2) -> str:
    """Draw a condition."""
    kind = pick(draw, "leaf", "leaf", "leaf", "not", "and", "or") if deep else "leaf"
    if kind == "not":
        return f"not ({condition(draw, names, stocked, deep - 1)})"
    if kind in ("and", "or"):
        one, other = (condition(draw, names, stocked, deep - 1) for _ in range(2))
        return f"({one}) {kind} ({other})"
    i, j = draw(st.permutations(names))[:2]
    sign, rung = pick(draw, "<=", ">=", ">", "<"), pick(draw, 3, 4, 5)
    leaves = [
        pick(draw, *FLAGS),
        f"turn {sign} {pick(draw, 2, 3)}",
        f"peak {sign} {rung}",
        f"since({i}, {j}, {rung}) {sign} {pick(draw, 0.25, 1, 2)} weeks",
        f"since({i}, {rung}) {sign} {pick(draw, 0.25, 1, 2)} weeks",
        f"tension({i}, {j}) {sign} {pick(draw, 0.1, 0.3)}",
        f"tension({i}) {sign} {pick(draw, 0.1, 0.3)}",
        f"agreed({i}, {j})",
        f"acted({i}.a1)",
        f"deaths({i}) {sign} {pick(draw, 5, 200)}",
        f"crisis({i}, {j})",
    ]
    if i in stocked:
        leaves.append(f"stock({i}.{STOCK}) {sign} {pick(draw, 0.2, 0.5)}")
    return pick(draw, *leaves)


def action(
    draw: Draw,
    name: str,
    rung: int,
    own: str,
    names: tuple[str, ...],
    stocked: set[str],
    plain: bool,
    top: int,
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": name,
        "label": name,
        "rung": rung,
        "targets": some(draw, others(names, own), 1),
        "domain": "ground",
        "public": number(draw, 0.0, 0.5, 1.0),
        "cost": number(draw, 0.0, 1.0),
        "reply": pick(draw, 0.0, 0.0, 0.0, 1.0, None),
        "cooldown": pick(draw, 0, 0, 1, 3),
        "limit": pick(draw, None, None, 1, 2),
    }
    if pick(draw, True, True, False):
        made["initiative"] = number(draw, 0.0, 1.0)
    if pick(draw, False, False, True):
        made["gains"] = {goal: number(draw, -1.0, 1.0) for goal in some(draw, GOALS)}
    if pick(draw, False, False, True):
        made["if"] = condition(draw, names, stocked)
    if pick(draw, False, False, True):
        made["slip"] = [
            {"to": pick(draw, -1, 2, 4, 5, 6, 7, top), "chance": number(draw, *chances)}
            for chances in pick(draw, ((0.0, 0.3, 1.0),), ((0.1, 0.3), (0.2, 0.4)))
        ]
    count = pick(draw, 0, 0, 1, 2)
    made["effects"] = [effect(draw, names, stocked, plain) for _ in range(count)]
    return made


def actor(
    draw: Draw, own: str, names: tuple[str, ...], stocked: set[str], plain: bool, top: int
) -> dict[str, Any]:
    rungs = st.sampled_from((3, 4, 2, 5, 1, 6, 3, 4, 5, -2, -1, 7, 3, 4, top))
    ladder = [-2, -1, *draw(st.lists(rungs, min_size=2, max_size=4))]
    labels = draw(st.permutations([f"a{index}" for index in range(len(ladder))]))
    made: dict[str, Any] = {
        "name": own,
        "tempo": number(draw, 4.0, 1.0, 0.25),
        "excitation": number(draw, 0.0, 1.0),
        "memory": number(draw, 0.5, 5.0),
        "reciprocity": number(draw, 0.0, 0.5, 2.0),
        "misperception": number(draw, 0.0, 0.5, 1.5),
        "restraint": number(draw, 0.0, 1.0),
        "audience_cost": number(draw, -0.5, 0.0, 1.0),
        "spiral": number(draw, -1.0, 0.0, 1.0),
        "goals": {goal: number(draw, -1.0, 1.0) for goal in some(draw, GOALS)},
        "commitments": {
            ally: number(draw, 1.0, 0.5, 0.0) for ally in some(draw, others(names, own), 1)
        },
        "actions": [
            action(draw, label, rung, own, names, stocked, plain, top)
            for label, rung in zip(labels, ladder, strict=True)
        ],
    }
    if pick(draw, False, True):
        made["side"] = pick(draw, "north", "south")
    if own in stocked:
        change = number(draw, -0.1, 0.0, 0.2)
        made["stocks"] = {STOCK: {"start": number(draw, 0.0, 0.5, 1.0), "change": change}}
    return made


def event(
    draw: Draw,
    index: int,
    turns: int,
    actors: dict[str, Any],
    stocked: set[str],
    plain: bool,
) -> dict[str, Any]:
    names = tuple(sorted(actors))
    made: dict[str, Any] = {
        "id": f"e{index}",
        "turn": draw(st.integers(1, turns)),
        "window": draw(st.integers(1, 3)),
        "actors": some(draw, names),
        "tempo_factor": number(draw, 0.0, 0.5, 3.0),
        "effects": [effect(draw, names, stocked, plain) for _ in range(pick(draw, 0, 1, 2))],
    }
    who = pick(draw, None, *names)
    if who is not None:
        forced = pick(draw, *(a["id"] for a in actors[who]["actions"]))
        made["act"] = {"actor": who, "action": forced}
    return made


@st.composite
def documents(draw: Draw, plain: bool = False) -> dict[str, Any]:
    """Draw a scenario as plain data; ``plain`` leaves out effects whose order matters."""
    names = IDS[: pick(draw, 3, 4, 2)]
    turns = pick(draw, 8, 6, 3)
    top = pick(draw, 8, 9)
    stocked = set(some(draw, names))
    actors = {
        own: actor(draw, own, names, stocked, plain, top) for own in draw(st.permutations(names))
    }
    return {
        "format": 1,
        "title": "Drawn at random",
        "summary": "A small world for a test.",
        "start": "2024-03-25",
        "turns": turns,
        "turn_days": pick(draw, 1, 3, 7, 7),
        "flags": {flag: pick(draw, True, False) for flag in FLAGS},
        "actors": actors,
        "calendar": [
            event(draw, index, turns, actors, stocked, plain)
            for index in range(draw(st.integers(0, 3)))
        ],
        "world": {
            "reply": {
                kind: number(draw, 1.0, 0.9, 0.4)
                for kind in ("conciliatory", "low", "encroachment", "force")
            },
            "chain": {"damping": number(draw, 1.0, 0.3), "longest": pick(draw, 4, 3, 2, 1, 0)},
            "firebreak": pick(draw, 4, 6),
            "war_from_strikes": number(draw, 0.0, 0.4, 1.0),
            "severity": {
                name: number(draw, 1.0, 3.0, 0.0) for name in ("force", "lethal", "strikes")
            },
            "tension": {"decay": number(draw, 0.0, 0.7, 1.0), "gain": number(draw, 0.3, 3.0)},
            "crisis": {
                "opens_at": pick(draw, 3, 4, 5),
                "sustained_by": draw(st.integers(1, 4)),
                "quiet_turns": draw(st.integers(1, 3)),
                "tempo_factor": number(draw, 0.5, 1.0, 2.0),
            },
            "agreement": {
                "tempo_factor": number(draw, 0.0, 0.5, 1.0),
                "turns": draw(st.integers(1, 4)),
                "broken_by": draw(st.integers(2, 5)),
            },
            "nuclear": top == 9,
        },
    }


def scenarios(plain: bool = False) -> st.SearchStrategy[Scenario]:
    """Draw a whole scenario."""
    return documents(plain).map(Scenario.model_validate)


@st.composite
def orders(draw: Draw, scenario: Scenario) -> dict[tuple[int, str], tuple[str | None, str]]:
    """Draw (turn, actor) -> (opening, standing)."""
    given = {}
    for _ in range(draw(st.integers(0, 6))):
        who = pick(draw, *sorted(scenario.actors))
        menu = [a.id for a in scenario.actors[who].actions]
        opening = pick(draw, None, "hold", *menu)
        standing = pick(draw, "model", "hold", "match", "one_lower", "one_higher")
        given[draw(st.integers(1, scenario.turns)), who] = (opening, standing)
    return given
