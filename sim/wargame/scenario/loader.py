"""Text to Scenario, strictly, every problem with file:line:column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wargame.errors import Problem, ScenarioError
from wargame.scenario.schema import Scenario
from wargame.scenario.validation import check, check_text


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


def _valid(scenario: Scenario | None, problems: Sequence[Problem]) -> Scenario:
    if scenario is None:
        raise ScenarioError(problem for problem in problems if problem.severity == "error")
    return scenario
