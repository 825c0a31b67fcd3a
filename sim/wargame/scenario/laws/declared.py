"""The variants that a scenario file declares: each a name and values at dotted paths."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from wargame.errors import ScenarioError, UsageError
from wargame.scenario.changes.drops import DROP, drop_action, part_drops
from wargame.scenario.changes.settings import apply_setting
from wargame.scenario.laws.finding import Finding
from wargame.scenario.laws.shape.misfits import misfits
from wargame.scenario.schema import Scenario
from wargame.scenario.text.places import Steps, spell

Rule = Callable[[Scenario], Iterable[Finding]]


def settings_of(values: Mapping[str, float | int | bool | str]) -> tuple[str, ...]:
    """Return a variant's values as settings for `wargame.scenario.changes.settings`.

    Parameters
    ----------
    values : mapping of str to plain value
        Path -> value, as in a file's ``variants``.
    """
    return tuple(f"{path}={json.dumps(value)}" for path, value in values.items())


def check_variants(
    scenario: Scenario, data: dict[str, Any], rules: Iterable[Rule]
) -> Iterator[Finding]:
    """Hold each variant to places that exist, and to making a valid scenario.

    Parameters
    ----------
    scenario : Scenario
        Valid by itself.
    data : dict
        What it was read from; not changed.
    rules : iterable of callable
        What holds for the whole of a scenario.
    """
    for label, values in scenario.variants.items():
        changed = _without_variants(data)
        places: dict[Steps, Steps] = {}
        sound = True
        for path, setting in sorted(
            zip(values, settings_of(values), strict=True), key=_drops_first
        ):
            at: Steps = ("variants", label, path)
            try:
                dropped, others = part_drops([setting])
                for name in dropped:
                    drop_action(changed, name)
                for other in others:
                    places[apply_setting(changed, other)] = at
            except (UsageError, ScenarioError) as error:
                sound = False
                yield Finding(at, str(error))
        if sound:
            yield from _judge(changed, places, ("variants", label), rules)


def _drops_first(entry: tuple[str, str]) -> bool:
    return entry[0] != DROP


def _without_variants(data: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a scenario's data without its variants and the claims that name them."""
    changed = copy.deepcopy({key: item for key, item in data.items() if key != "variants"})
    if isinstance(changed.get("teaching"), dict):
        changed["teaching"].pop("claims", None)
    return changed


def _judge(
    data: dict[str, Any], places: dict[Steps, Steps], label: Steps, rules: Iterable[Rule]
) -> Iterator[Finding]:
    """Judge a variant as if it were a file; name the value that is at fault."""
    found: list[tuple[Steps, str]]
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        found = [(misfit.steps, misfit.message) for misfit in misfits(error, data)]
    else:
        findings = (finding for rule in rules for finding in rule(scenario))
        found = [(item.steps, item.message) for item in findings if item.severity == "error"]
    for steps, message in found:
        at = next((place for set_at, place in places.items() if _related(steps, set_at)), label)
        yield Finding(at, message if at != label else f"{spell(steps)}: {message}")


def _related(steps: Steps, set_at: Steps) -> bool:
    shorter = min(len(steps), len(set_at))
    return bool(shorter) and steps[:shorter] == set_at[:shorter]
