"""Sources and cites: every cite resolves, and every source is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from wargame.errors import did_you_mean
from wargame.scenario.laws.finding import Finding, repeated, unknown
from wargame.scenario.library import SOURCES, keys_of
from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import (
    Scenario,
)
from wargame.scenario.text.places import Steps
from wargame.scenario.text.scalars import shorten


def check_sources(scenario: Scenario) -> Iterator[Finding]:
    """Hold the list of sources to those that exist."""
    for index, source in enumerate(scenario.sources):
        if source not in SOURCES:
            yield Finding(("sources", index), unknown("source", source, SOURCES))
    for index in repeated(scenario.sources):
        message = f"'{scenario.sources[index]}' is named twice. Name each source once."
        yield Finding(("sources", index), message)


def check_cites(scenario: Scenario) -> Iterator[Finding]:
    """Hold every cite to a source that the scenario names and a key in it."""
    for steps, cite in _cites(scenario, ()):
        shown = shorten(cite)
        source, point, key = cite.partition(".")
        if not point or not key:
            message = f"'{shown}' is no cite. Write source.key, for example article.F01."
        elif source not in SOURCES:
            message = unknown("source", shorten(source), SOURCES)
        elif source not in scenario.sources:
            message = f"'{shown}' cites {source}, which is not under sources. Add it there."
        elif key not in keys_of(source):
            near = did_you_mean(shorten(key), keys_of(source))
            message = f"'{shorten(key)}' is not in the source '{source}'.{near}"
            if not near and keys_of(source):
                message += f" Write one of its keys, such as {min(keys_of(source))}."
        else:
            continue
        yield Finding(steps, message)


def _cites(value: object, steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Yield what the file cites; the defaults' own cites stand in the schema, not in the file."""
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            if name not in value.model_fields_set:
                continue
            item = getattr(value, name)
            if name == "cite" and item:
                many = isinstance(item, tuple)
                for number, cite in enumerate(item if many else (item,)):
                    yield ((*steps, name, number) if many else (*steps, name)), cite
            elif isinstance(item, Parameter):
                if item.cite is not None and item != info.default:
                    yield (*steps, name, "cite"), item.cite
            elif isinstance(item, BaseModel | tuple | Mapping):
                yield from _cites(item, (*steps, name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _cites(item, (*steps, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _cites(item, (*steps, index))
