"""A text checked: the scenario it makes, and every problem with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wargame.errors import Problem, ScenarioError
from wargame.scenario.changes.drops import drop_action, part_drops
from wargame.scenario.changes.moves import apply_theory
from wargame.scenario.changes.settings import apply_setting, place_of
from wargame.scenario.changes.theory_file import load_theory
from wargame.scenario.laws.balance import BALANCE_RULES
from wargame.scenario.laws.checks import RULES
from wargame.scenario.laws.declared import check_variants
from wargame.scenario.laws.finding import Finding
from wargame.scenario.laws.shape.misfits import misfits
from wargame.scenario.library import find_scenario, read_bytes, take_menus
from wargame.scenario.schema import Scenario
from wargame.scenario.text.constructor import MOST_PROBLEMS
from wargame.scenario.text.document import Document
from wargame.scenario.text.places import Steps, spell
from wargame.scenario.text.reader import read_document


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
    return check_text(read_bytes(path), str(path), settings, theory, path.parent)


def check_text(
    text: str | bytes,
    file: str = "<text>",
    settings: Sequence[str] = (),
    theory: str | Path | None = None,
    folder: Path | None = None,
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
    folder : Path, optional
        In which menus are looked for, before those that ship.

    Returns
    -------
    scenario, problems
        As for `check`.
    """
    try:
        document = read_document(text, file)
    except ScenarioError as error:
        return None, error.problems
    take_menus(document, folder)
    dropped, settings = part_drops(settings)
    for name in dropped:
        document.forget(drop_action(document.data, name))
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


def _judge(document: Document) -> tuple[Scenario | None, Iterator[tuple[Finding, str | None]]]:
    """Return the scenario, if the data have its shape, and what there is to say of it.

    Of each finding also the key, when a key itself is at fault.
    """
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        found = misfits(error, document.data)
        return None, (
            (Finding(misfit.steps, misfit.message, offset=misfit.offset), misfit.key)
            for misfit in found
        )
    rules = (*RULES, *BALANCE_RULES)
    findings = (finding for rule in rules for finding in rule(scenario))
    declared = check_variants(scenario, document.data, rules)
    return scenario, ((finding, None) for finding in chain(findings, declared))


def _text_at(data: Any, steps: Steps) -> str:
    for step in steps:
        data = data[step]
    return str(data)


def _problem(
    document: Document, changed: dict[Steps, str], finding: Finding, key: str | None
) -> Problem:
    steps, message, severity, offset = finding
    for length in range(len(steps), 0, -1):
        if steps[:length] in changed:
            return Problem(spell(steps), message, changed[steps[:length]], 0, 0, severity)
    if steps and steps not in document.values:  # a part that only exists because of a setting
        for place, label in changed.items():
            if place[: len(steps)] == steps:
                return Problem(spell(steps), message, label, 0, 0, severity)
    whole = (*steps, key) if key is not None else steps
    if offset:
        line, column = document.place_within(steps, _text_at(document.data, steps), offset)
    else:
        line, column = document.place(whole, of_key=key is not None)
    return Problem(spell(steps), message, document.file_of(whole), line, column, severity)
