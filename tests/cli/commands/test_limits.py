"""What the schema allows at most goes through every command: a limit is declared once, there."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from calls import wargame
from wargame.scenario.schema import DOMAINS, Actor, Scenario
from wargame.scenario.schema.fields import YEARS, Label, Prose

pytestmark = pytest.mark.slow


def most(metadata: Any) -> int:
    """Return the largest number of letters or entries that is allowed."""
    found = [getattr(item, "max_length", None) for item in metadata]
    (limit,) = [number for number in found if number is not None]
    return int(limit)


LETTERS, PROSE = most(get_args(Label)[1:]), most(get_args(Prose)[1:])
ACTORS = most(Scenario.model_fields["actors"].metadata)
ACTIONS = most(Actor.model_fields["actions"].metadata)
VARIANTS = most(Scenario.model_fields["variants"].metadata)
LONG_ID = 47


def label(number: int) -> str:
    """Return the longest label, with words and without a place to break."""
    start = f"Weigh {number} W"
    return start + "W" * (LETTERS - len(start))


def prose() -> str:
    return ("Many words of a text that goes on. " * PROSE)[: PROSE - 1] + "."


def wide(sides: int, acts: int) -> dict[str, Any]:
    """Return a scenario of so many actors and actions, with as many letters as may be."""
    actors = [f"A{number:07d}" for number in range(sides)]
    rungs = [-2, -1, 1, 2, 3, 4, 5, 6]
    menu = [
        {
            "id": "a" + f"{number}".rjust(LONG_ID, "_"),
            "label": label(number),
            "rung": rungs[number % len(rungs)],
            "domain": DOMAINS[0],
            "initiative": 0,
            "reply": 0,
            "note": prose() if number == 0 else "Short.",
        }
        for number in range(acts)
    ]
    return {
        "format": 1,
        "title": label(0),
        "summary": prose(),
        "start": f"{YEARS[1]}-12-31",
        "turns": 4,
        "actors": {
            actor: {
                "name": label(place),
                "tempo": 1,
                "actions": [
                    entry
                    | {"targets": [actors[place - 1], actors[place - 2]]}
                    | ({"note": "Short."} if place else {})  # a file holds no more
                    for entry in menu
                ],
            }
            for place, actor in enumerate(actors)
        },
        "variants": {
            "v" + f"{number}".rjust(LONG_ID, "_"): {f"actors.{actors[0]}.tempo": number / 10}
            for number in range(VARIANTS)
        },
        "teaching": {
            "objectives": [prose()],
            "roles": {
                actor: {"public": text, "confidential": text}
                for place, actor in enumerate(actors)
                for text in (prose() if place < 3 else "Known.",)
            },
            "injects": [{"id": "card", "turn": 4, "text": prose()}],
            "questions": [{"ask": prose(), "look_for": prose()}],
        },
    }


def plain(**changes: Any) -> dict[str, Any]:
    """Return a small scenario."""
    acts = [
        {"id": f"act_{rung + 2}", "label": f"Act {rung}", "rung": rung, "domain": "rhetoric"}
        for rung in (-2, -1, 1, 3, 4, 6)
    ]
    sides = ("AA", "BB")
    actors = {
        side: {
            "name": f"Side {side}",
            "tempo": 0.1,
            "actions": [
                act | {"targets": [other], "initiative": 0, "reply": 0, "id": act["id"]}
                for act in acts
            ],
        }
        for side, other in zip(sides, sides[::-1], strict=True)
    }
    roles = {side: {"public": "Known.", "confidential": "Secret."} for side in sides}
    start: dict[str, Any] = {"format": 1, "title": "Plain", "summary": "Plain.", "turns": 4}
    return start | {"start": "2024-01-01", "actors": actors, "teaching": {"roles": roles}} | changes


SCENARIOS = {
    "most actors": wide(ACTORS, 6),  # all actions of all actors are more than a file may hold
    "most actions": wide(3, ACTIONS),
    "first day": plain(start=f"{YEARS[0]}-01-01"),
    "last day": plain(start=f"{YEARS[1]}-12-31", turns=24, turn_days=31),
    "scripts": plain(title="첫걸음 第一歩 🚀 שלום مرحبا é हिन्दी", summary="ไทย का"),
}
COMMANDS = (
    "validate FILE",
    "show FILE",
    "run FILE -n 20 -o run --uncertainty",
    "compare FILE --variant x:actors.FIRST.tempo=0.5 -n 20 -o compare",
    "sweep FILE --over actors.FIRST.tempo=0.1,0.5 -n 10 -o sweep",
    "lesson FILE -n 100 -o lesson",
    "replay run --run 0",
    "replay run --run 0 --why --format html -o story.html",
    "ledger run",
    "odds run --run 0 --turn 2 -n 20",
    "plot run",
    "report run",
    "forecast-sheet FILE -o sheet.html",
    "play FILE --as FIRST --save game.db",
    "verify run",
    "verify lesson",
)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_limit_goes_through_every_command(name: str, tmp_path: Path) -> None:
    data = SCENARIOS[name]
    path = tmp_path / "limits.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    Scenario.model_validate(data)
    first = next(iter(data["actors"]))
    for command in COMMANDS:
        words = command.replace("FILE", str(path)).replace("FIRST", first).split()
        result = wargame(*words, cwd=tmp_path)
        assert result.returncode == 0, (command, result.stderr[-2000:])
        assert "arning" not in result.stderr, command
        assert "could be drawn" not in result.stderr, (command, result.stderr)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"start": "0001-01-01"}, "0001-01-01 is outside the years 1900 to 2200"),
        ({"start": "2201-01-01"}, "2201-01-01 is outside the years 1900 to 2200"),
        ({"title": "  "}, "title: this text is blank"),
        ({"summary": "\n \t"}, "summary: this text is blank"),
        ({"title": "W" * (LETTERS + 1)}, "title: this text has 121 characters. Use 120 at most."),
    ],
)
def test_what_lies_beyond_is_refused_with_its_place(
    changes: dict[str, Any], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "beyond.yaml"
    path.write_text(yaml.safe_dump(plain(**changes)), "utf-8")
    result = wargame("validate", path, cwd=tmp_path)
    assert result.returncode == 3
    assert told in result.stdout + result.stderr
    assert f"{path.name}:" in result.stdout + result.stderr
