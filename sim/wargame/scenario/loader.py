"""Text to Scenario, strictly, every problem with file:line:column; and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from wargame.errors import Problem, ScenarioError
from wargame.scenario.changes.moves import apply_theory
from wargame.scenario.changes.settings import apply_setting, place_of
from wargame.scenario.changes.theories import load_theory
from wargame.scenario.laws.balance import BALANCE_RULES
from wargame.scenario.laws.checks import RULES, Finding
from wargame.scenario.laws.declared import check_variants
from wargame.scenario.laws.misfits import misfits
from wargame.scenario.library import find_scenario, read_bytes
from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import Question, Scenario
from wargame.scenario.text.document import Document, Steps, spell
from wargame.scenario.text.reader import MOST_PROBLEMS, read_document
from wargame.scenario.text.scalars import resolve_scalar


def load(
    source: str | Path, settings: Sequence[str] = (), theory: str | Path | None = None
) -> Scenario:
    """Read a scenario file.

    Parameters
    ----------
    source : str or Path
        A file, or the name of a shipped scenario.
    settings : sequence of str
        Changes such as ``actors.PRK.tempo=0.05``, made before validation.
    theory : str or Path, optional
        A theory (see `wargame.scenario.changes.theories`); its changes are made before the
        settings.

    Returns
    -------
    Scenario
        Frozen.

    Raises
    ------
    UsageError
        When there is no such file, or a setting names a place that does not exist.
    ScenarioError
        With every problem found.
    """
    return _valid(*check(source, settings, theory))


def loads(text: str | bytes, file: str = "<text>", settings: Sequence[str] = ()) -> Scenario:
    """Read a scenario from text.

    Parameters
    ----------
    text : str or bytes
        YAML.
    file : str
        Its name, for messages.
    settings : sequence of str
        As for `load`.

    Raises
    ------
    ScenarioError, UsageError
        As for `load`.
    """
    return _valid(*check_text(text, file, settings))


def check(
    source: str | Path, settings: Sequence[str] = (), theory: str | Path | None = None
) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """Read a scenario file and return it with all its problems.

    Parameters
    ----------
    source : str or Path
        A file, or the name of a shipped scenario.
    settings, theory
        As for `load`.

    Returns
    -------
    scenario : Scenario or None
        None when there are errors.
    problems : tuple of Problem
        Errors and warnings, sorted by place.

    Raises
    ------
    UsageError
        As for `load`.
    """
    path = find_scenario(source)
    return check_text(read_bytes(path), str(path), settings, theory)


def check_text(
    text: str | bytes,
    file: str = "<text>",
    settings: Sequence[str] = (),
    theory: str | Path | None = None,
) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """Read a scenario from text and return it with all its problems.

    Parameters
    ----------
    text : str or bytes
        YAML.
    file : str
        Its name, for messages.
    settings, theory
        As for `load`.

    Returns
    -------
    scenario, problems
        As for `check`.
    """
    try:
        document = read_document(text, file)
    except ScenarioError as error:
        return None, error.problems
    changed: dict[Steps, str] = {}
    if theory is not None:
        changed |= apply_theory(load_theory(theory), document.data)
    for setting in settings:
        changed[apply_setting(document.data, setting)] = place_of(setting)
    scenario, findings = _judge(document)
    problems = list(document.problems)
    kept = {"error": 0, "warning": 0}
    for finding, key in findings:
        if document.is_tainted(finding.steps):
            continue
        kept[finding.severity] += 1
        if kept[finding.severity] <= MOST_PROBLEMS:
            problems.append(_problem(document, changed, finding, key))
        elif finding.severity == "error":
            message = f"there are more than {MOST_PROBLEMS} problems. Mend these first."
            problems.append(Problem("", message, file))
            break
    if any(problem.severity == "error" for problem in problems):
        scenario = None
    return scenario, ScenarioError(problems).problems  # sorted there


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


def _valid(scenario: Scenario | None, problems: Sequence[Problem]) -> Scenario:
    if scenario is None:
        raise ScenarioError(problem for problem in problems if problem.severity == "error")
    return scenario


def _judge(document: Document) -> tuple[Scenario | None, Iterator[tuple[Finding, str | None]]]:
    """Return the scenario, if the data have its shape, and what there is to say of it.

    Of each finding also the key, when a key itself is at fault.
    """
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        found = misfits(error, document.data)
        return None, ((Finding(misfit.steps, misfit.message), misfit.key) for misfit in found)
    rules = (*RULES, *BALANCE_RULES)
    findings = (finding for rule in rules for finding in rule(scenario))
    declared = check_variants(scenario, document.data, rules)
    return scenario, ((finding, None) for finding in chain(findings, declared))


def _problem(
    document: Document, changed: dict[Steps, str], finding: Finding, key: str | None
) -> Problem:
    steps, message, severity = finding
    for length in range(len(steps), 0, -1):
        if steps[:length] in changed:
            return Problem(spell(steps), message, changed[steps[:length]], 0, 0, severity)
    if steps and steps not in document.values:  # a part that only exists because of a setting
        for place, label in changed.items():
            if place[: len(steps)] == steps:
                return Problem(spell(steps), message, label, 0, 0, severity)
    whole = (*steps, key) if key is not None else steps
    line, column = document.place(whole, of_key=key is not None)
    return Problem(spell(steps), message, document.file, line, column, severity)


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
