"""Every number and text of a scenario by its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import Scenario

_Leaf = TypeVar("_Leaf")


def parameters_of(scenario: Scenario) -> dict[str, Parameter]:
    """Return path -> number, in the order of the schema.

    Entries of a list are named by their id where they have one, else by their
    index: ``actors.PRK.actions.tank_drill.cost``,
    ``actors.PRK.actions.tank_drill.effects[0].amount``.
    """
    return dict(_walk(scenario, "", Parameter))


def uncertain_parameters_of(scenario: Scenario) -> dict[str, Parameter]:
    """Return path -> number for those with a declared range of non-zero width."""
    return {path: item for path, item in parameters_of(scenario).items() if item.uncertain}


def texts_of(scenario: Scenario) -> dict[str, str]:
    """Return path -> text, paths as for `parameters_of`."""
    return dict(_walk(scenario, "", str))


def _walk(node: Any, path: str, kind: type[_Leaf]) -> Iterator[tuple[str, _Leaf]]:
    if isinstance(node, kind):
        yield path, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _walk(getattr(node, name), f"{path}.{name}" if path else name, kind)
    elif isinstance(node, dict):
        for key, item in node.items():
            yield from _walk(item, f"{path}.{key}", kind)
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            own = getattr(item, "id", None)
            yield from _walk(item, f"{path}.{own}" if own else f"{path}[{index}]", kind)
