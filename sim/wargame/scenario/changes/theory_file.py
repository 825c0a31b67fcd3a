"""Theory files: read by name, every problem with its place."""

from __future__ import annotations

from pathlib import Path

from pydantic import (
    BaseModel,
    ValidationError,
)

from wargame.errors import Problem, ScenarioError, did_you_mean
from wargame.scenario.changes.theories import Change, Theory, Where
from wargame.scenario.library import find_theory, read_bytes, theory_names
from wargame.scenario.schema.shape import child_of, known_keys
from wargame.scenario.text.document import Document
from wargame.scenario.text.places import spell
from wargame.scenario.text.reader import read_document


def load_theory(source: str | Path) -> Theory:
    """Read a theory.

    Parameters
    ----------
    source : str or Path
        A file, or the name of a shipped theory.

    Returns
    -------
    Theory
        Frozen.

    Raises
    ------
    UsageError
        When there is no such theory.
    ScenarioError
        With every problem of the file.
    """
    path = find_theory(source)
    document = read_document(read_bytes(path), str(path))
    if document.problems:
        raise ScenarioError(document.problems)
    try:
        return Theory.model_validate(document.data)
    except ValidationError as error:
        raise ScenarioError(_problems(error, document)) from error


def load_theories() -> dict[str, Theory]:
    """Return name -> theory for all that ship, baseline first."""
    names = sorted(theory_names(), key=lambda name: (name != "baseline", name))
    return {name: load_theory(name) for name in names}


def _problems(error: ValidationError, document: Document) -> list[Problem]:
    """Say what is wrong with a theory file, in this project's sentences."""
    problems = []
    models: dict[str, type[BaseModel]] = {"changes": Change, "where": Where}
    for item in error.errors(include_url=False, include_input=False):
        steps, data = [], document.data
        for step in item["loc"]:
            if isinstance(data, dict) and step not in data and item["type"] != "missing":
                break
            steps.append(step)
            data = child_of(data, step)
        message = item["msg"]
        place = document.place(tuple(steps))
        if item["type"] == "missing":
            message = f"'{steps[-1]}' is missing. Add it."
        elif item["type"] == "extra_forbidden":
            inside = [step for step in steps[:-1] if isinstance(step, str)]
            known = known_keys(models.get(inside[-1], Theory) if inside else Theory, {})
            near = did_you_mean(str(steps[-1]), known)
            message = f"'{steps[-1]}' is no key here.{near} Keys: {', '.join(known)}."
            place = document.place(tuple(steps), of_key=True)
        elif not message.endswith("."):
            message = f"{message}."
        where = spell(tuple(steps))
        problems.append(Problem(where, message, document.file, place.line, place.column))
    return problems
