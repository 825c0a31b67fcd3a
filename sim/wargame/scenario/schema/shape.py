"""The shape of a scenario: which keys may stand where, read off the schema."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from wargame.scenario.schema.document import Scenario
from wargame.scenario.text.places import Steps


def model_at(annotation: Any, data: Any) -> type[BaseModel] | None:
    """Return the model that an annotation allows for these data, if there is one.

    Parameters
    ----------
    annotation : type
        Of a field.
    data : object
        What stands there; chooses among the kinds of effect.
    """
    models: list[type[BaseModel]] = [
        kind
        for kind in _kinds(annotation)
        if isinstance(kind, type) and issubclass(kind, BaseModel)
    ]
    if len(models) > 1 and isinstance(data, dict):
        for model in models:
            if get_args(model.model_fields["kind"].annotation) == (data.get("kind"),):
                return model
        return None
    return models[0] if models else None


def below(annotation: Any, step: str | int, data: Any) -> Any:
    """Return the annotation one step below, or None when nothing can stand there.

    Parameters
    ----------
    annotation : type
        Of the place above.
    step : str or int
        A key or an index.
    data : object
        What stands at the place above.
    """
    model = model_at(annotation, data)
    if model is not None:
        info = model.model_fields.get(str(step))
        return None if info is None else Annotated[info.annotation, info]
    for kind in _kinds(annotation):
        arguments = get_args(kind)
        if get_origin(kind) is dict and isinstance(step, str):
            return arguments[1]
        if get_origin(kind) is tuple and isinstance(step, int):
            return arguments[0]
    return None


def known_keys(annotation: Any, data: Any) -> tuple[str, ...]:
    """Return the keys that may stand in a mapping.

    Parameters
    ----------
    annotation : type
        Of the mapping.
    data : object
        What stands there.
    """
    model = model_at(annotation, data)
    if model is not None:
        return tuple(model.model_fields)
    return tuple(data) if isinstance(data, dict) else ()


def _kinds(annotation: Any) -> tuple[Any, ...]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kinds(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return tuple(kind for part in get_args(annotation) for kind in _kinds(part))
    return () if annotation is type(None) else (annotation,)


def annotation_at(steps: Steps, data: Any) -> Any:
    """Return the annotation of a place, or None when nothing can stand there.

    Parameters
    ----------
    steps : Steps
        The place.
    data : dict
        The whole scenario's data.
    """
    annotation: Any = Scenario
    for step in steps:
        annotation = below(annotation, step, data)
        if annotation is None:
            return None
        data = child_of(data, step)
    return annotation


def child_of(data: Any, step: str | int) -> Any:
    """Return what stands one step below, or None.

    Parameters
    ----------
    data : object
        A mapping, a list, or anything.
    step : str or int
        A key or an index.
    """
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None
