"""Every number of a scenario by its path, for drawing, overriding and showing them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import Scenario


def parameters_of(scenario: Scenario) -> dict[str, Parameter]:
    """Return path -> number, in the order of the schema.

    Entries of a list are named by their id where they have one, else by their
    index: ``actors.PRK.actions.tank_drill.cost``,
    ``actors.PRK.actions.tank_drill.effects[0].amount``.
    """
    return dict(_walk(scenario, ""))


def uncertain_parameters_of(scenario: Scenario) -> dict[str, Parameter]:
    """Return path -> number for those with a declared range of non-zero width."""
    return {path: item for path, item in _walk(scenario, "") if item.uncertain}


def _walk(node: Any, path: str) -> Iterator[tuple[str, Parameter]]:
    if isinstance(node, Parameter):
        yield path, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _walk(getattr(node, name), f"{path}.{name}" if path else name)
    elif isinstance(node, dict):
        for key, item in node.items():
            yield from _walk(item, f"{path}.{key}")
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            own = getattr(item, "id", None)
            yield from _walk(item, f"{path}.{own}" if own else f"{path}[{index}]")
