"""How the command line spells a field: ``out`` of a message is ``--out`` here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wargame.errors import name_fields
from wargame.scenario.text.scalars import clean_line

_flags: dict[str, str] = {}


def learn_flags(commands: Iterable[Any]) -> None:
    """Remember how commands spell their parameters; of two spellings, the later command's."""
    for command in commands:
        for parameter in command.params:
            flag = max(parameter.opts, key=len)
            _flags[parameter.name] = flag if flag.startswith("-") else flag.upper()
            for flag in parameter.secondary_opts:
                _flags[f"no_{parameter.name}"] = flag


def with_flags(text: str) -> str:
    """Return a message for the terminal: each field as the running command's flag, no controls."""
    spelled = name_fields(text, lambda field: _flags.get(field, field))
    return "\n".join(map(clean_line, spelled.splitlines()))
