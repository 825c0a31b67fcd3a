"""One way to name, visit and replace the numbers and texts of a scenario: by path.

Entries of a list are named by their id where they have one, else by their index:
``actors.PRK.actions.tank_drill.cost``, ``actors.PRK.actions.tank_drill.effects[0].amount``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from wargame.scenario.parameters import Between, Parameter
from wargame.scenario.schema import Scenario
from wargame.scenario.schema.shape import below

_Leaf = TypeVar("_Leaf")


def parameters_of(scenario: Scenario) -> dict[str, Parameter]:
    """Return path -> number, in the order of the schema."""
    return dict(_walk(scenario, "", Parameter))


def uncertain_parameters_of(scenario: Scenario) -> dict[str, Parameter]:
    """Return path -> number for those with a declared range of non-zero width."""
    return {path: item for path, item in parameters_of(scenario).items() if item.uncertain}


def texts_of(scenario: Scenario) -> dict[str, str]:
    """Return path -> text."""
    return dict(_walk(scenario, "", str))


def lawful_bounds(scenario: Scenario) -> dict[str, Between]:
    """Return path -> lawful bounds, of every number that the scenario states itself."""
    return dict(_bounded(scenario, Scenario, ""))


def pin(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """Return a scenario with some of its numbers fixed, without a range.

    Parameters
    ----------
    values : mapping of str to float
        Path -> value, as a run drew them.
    """
    pinned: Scenario = _pinned(scenario, "", values) if values else scenario
    return pinned


def _parts(node: Any, path: str) -> Iterator[tuple[str | int, str, Any]]:
    """Yield (key or index, path, part) for all that stands one step below."""
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield name, f"{path}.{name}" if path else name, getattr(node, name)
    elif isinstance(node, dict):
        for key, part in node.items():
            yield key, f"{path}.{key}", part
    elif isinstance(node, tuple):
        for index, part in enumerate(node):
            own = getattr(part, "id", None)
            yield index, f"{path}.{own}" if own else f"{path}[{index}]", part


def _walk(node: Any, path: str, kind: type[_Leaf]) -> Iterator[tuple[str, _Leaf]]:
    if isinstance(node, kind):
        yield path, node
        return
    for _, place, part in _parts(node, path):
        yield from _walk(part, place, kind)


def _bounded(node: Any, annotation: Any, path: str) -> Iterator[tuple[str, Between]]:
    if isinstance(node, Parameter):
        bounds = _bounds_in(annotation)
        if bounds is not None:
            yield path, bounds
        return
    model = isinstance(node, BaseModel)
    for step, place, part in _parts(node, path):
        if not model or step in node.model_fields_set:
            yield from _bounded(part, below(type(node) if model else annotation, step, None), place)


def _bounds_in(annotation: Any) -> Between | None:
    if isinstance(annotation, Between):
        return annotation
    parts = annotation.metadata if isinstance(annotation, FieldInfo) else get_args(annotation)
    found = (_bounds_in(part) for part in parts)
    return next((bounds for bounds in found if bounds is not None), None)


def _pinned(node: Any, path: str, values: Mapping[str, float]) -> Any:
    if isinstance(node, Parameter):
        return Parameter(value=values[path]) if path in values else node
    parts: dict[Any, Any] = {
        step: _pinned(part, place, values) for step, place, part in _parts(node, path)
    }
    if isinstance(node, BaseModel):
        return node.model_copy(update=parts)
    if isinstance(node, dict):
        return parts
    return tuple(parts.values()) if isinstance(node, tuple) else node
