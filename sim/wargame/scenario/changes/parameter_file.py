"""A file of parameters that any scenario can take.

A mapping from path to number, as `wargame calibrate` writes it::

    actors.PRK.tempo: {value: 0.06, low: 0.04, high: 0.08, source: data, cite: record.incidents}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from wargame.errors import ScenarioError, UsageError
from wargame.scenario.changes.settings import Setting
from wargame.scenario.library import read_bytes
from wargame.scenario.parameters import Parameter, number_hint
from wargame.scenario.text.reader import read_document


def parameter_settings(path: Path) -> list[str]:
    """Return a parameter file as settings ``path=value``, to be put before those of the call.

    Parameters
    ----------
    path : Path
        A YAML mapping from path to number.

    Raises
    ------
    UsageError
        When there is no such file, or an entry is neither a number nor a mapping that tells one.
    ScenarioError
        When it cannot be read, or is not such a mapping.
    """
    if not path.is_file():
        raise UsageError(f"there is no parameter file '{path}'. `wargame calibrate` writes one.")
    document = read_document(read_bytes(path), str(path))
    if any(problem.severity == "error" for problem in document.problems):
        raise ScenarioError(document.problems)
    settings: list[str] = []
    for key, value in document.data.items():
        of_key, of_value = (
            "{}:{}:{}".format(path, *document.place((key,), of_key=by_key))
            for by_key in (True, False)
        )
        if isinstance(value, bool) or not isinstance(value, int | float | dict):
            raise UsageError(
                f"{of_value}: {key}: {value!r} is not a number.{number_hint(value)} Write a "
                "number, or a mapping with value, low, high, source, cite."
            )
        if isinstance(value, dict) and "value" not in value:
            raise UsageError(
                f"{of_key}: {key}: has no value. Write the whole path of a number with dots, and "
                "the number: actors.PRK.tempo: 0.05."
            )
        written = json.dumps(value, ensure_ascii=False)  # JSON is YAML, too
        settings.append(Setting(f"{key}={written}", of_key, of_value))
    return settings


def write_parameters(entries: Mapping[str, Parameter], remark: str) -> str:
    """Return the text of a parameter file.

    Parameters
    ----------
    entries : mapping of str to Parameter
        Path -> number.
    remark : str
        Stands above it, as a comment.
    """
    lines = [f"# {line}".rstrip() for line in remark.splitlines()]
    for path, item in entries.items():
        said = item.model_dump(mode="json")
        lines.append(f"{path}: {json.dumps(said, ensure_ascii=False)}")
    if not entries:
        lines.append("{}")  # a file that changes nothing can still be taken
    return "\n".join(lines) + "\n"
