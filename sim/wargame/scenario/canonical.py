"""A scenario written out: as YAML, as plain data, and as its digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import yaml
from pydantic import BaseModel

from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import Question, Scenario
from wargame.scenario.text.scalars import resolve_scalar


def dump(scenario: Scenario) -> str:
    """Write a scenario as YAML that loads to an equal one.

    Parameters
    ----------
    scenario : Scenario
        A scenario.

    Returns
    -------
    str
        Keys in the schema's order; everything said, except what is absent by default.
    """
    dumper = _dumper()
    text: str = yaml.dump(
        _plain(scenario), Dumper=dumper, sort_keys=False, allow_unicode=True, width=100
    )
    return text


def digest(scenario: Scenario) -> str:
    """Return the SHA-256 of a scenario's canonical form, as 64 hexadecimal digits.

    Parameters
    ----------
    scenario : Scenario
        A scenario. Equal scenarios have equal digests, whatever their files look like.
    """
    canonical = json.dumps(
        _plain(scenario), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def to_data(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as plain data: what `dump` writes.

    Parameters
    ----------
    scenario : Scenario
        A scenario.
    """
    data: dict[str, Any] = _plain(scenario)
    return data


def _plain(value: Any) -> Any:
    """Return plain data with everything said, except what is absent or empty by default."""
    if isinstance(value, Parameter):
        return value.model_dump(mode="json")
    if isinstance(value, Question) and value.look_for is None:
        return value.ask  # as it was written
    if isinstance(value, BaseModel):
        said = {}
        for name, info in type(value).model_fields.items():
            item = getattr(value, name)
            if item == info.default and (item is None or item in ((), {})):
                continue
            said[name] = _plain(item)
        return said
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _dumper() -> Any:
    base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    dumper: Any = type("_Dumper", (base,), {"ignore_aliases": lambda self, data: True})
    dumper.add_representer(str, _represent_text)
    return dumper


def _represent_text(dumper: Any, text: str) -> Any:
    """Quote what would be read back as something else than this text."""
    try:
        plain = resolve_scalar(text) == text
    except ValueError:
        plain = False
    style = None if plain and text != "<<" else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
