"""What can go wrong, and how it is told to a person.

The tree::

    WargameError                one sentence: place, what is wrong, the rule, the remedy
    |-- UsageError              the call's words are off                      exit code 2
    |   `-- UnknownName         a name that is not in a known set             exit code 2
    |-- MissingExtra            an optional package is not installed          exit code 2
    |-- ScenarioError           a scenario file is invalid: all its Problems  exit code 3
    |-- RecordError             a run folder or input data is unusable        exit code 4
    `-- RunError                a simulation could not be carried out         exit code 4

Every error shown to a user has a place and a remedy. Only ``cli`` turns them
into output; the library raises.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the nearest known word, or an empty string.

    Parameters
    ----------
    word : str
        What was written.
    known : iterable of str
        What could have been meant.

    Returns
    -------
    str
        A sentence with a leading space, or "" when nothing is near.
    """
    candidates = sorted(set(known))
    lowered = {name.lower(): name for name in reversed(candidates)}
    near = difflib.get_close_matches(str(word).lower(), lowered, n=1, cutoff=0.6)
    return f" Did you mean '{lowered[near[0]]}'?" if near else ""


class WargameError(Exception):
    """Base of all errors that a user can cause or mend.

    Parameters
    ----------
    message : str
        Place, what is wrong (with the value), the rule and the remedy.
    """

    exit_code = 1


class UsageError(WargameError):
    """The call's words are off: an option, a count, a combination."""

    exit_code = 2


class UnknownName(UsageError):
    """A name that is not one of a known set.

    Parameters
    ----------
    kind : str
        What sort of name, for example "scenario".
    name : str
        What was asked for.
    known : iterable of str
        The names that exist.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        listing = ", ".join(names) if names else "there are none"
        super().__init__(f"unknown {kind} '{name}'; one of: {listing}.{did_you_mean(name, names)}")
        self.kind, self.name, self.known = kind, name, names


class MissingExtra(WargameError):
    """A feature needs an optional package that is not installed.

    Parameters
    ----------
    feature : str
        What was asked for.
    package : str
        The package that does it.
    extra : str
        The extra of this project that installs it.
    """

    exit_code = 2

    def __init__(self, feature: str, package: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs the package '{package}', which is not installed. "
            f"Install it with: pip install 'wargame[{extra}]'"
        )


@dataclass(frozen=True)
class Problem:
    """One thing wrong (or doubtful) in a scenario file.

    Attributes
    ----------
    path : str
        Where in the document, for example ``actors.PRK.actions[3].rung``; "" for the whole.
    message : str
        What is wrong with which value, the rule, and the remedy.
    file : str
        The file, as the user named it.
    line, column : int
        One-based position in the file; 0 where there is no file (a value given on the call).
    severity : str
        "error" or "warning"; only errors make a file invalid.
    """

    path: str
    message: str
    file: str = "<scenario>"
    line: int = 1
    column: int = 1
    severity: str = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}:" if self.line else f"{self.file}:"
        label = " warning:" if self.severity == "warning" else ""
        path = f" {self.path}:" if self.path else ""
        return f"{where}{label}{path} {self.message}"


class ScenarioError(WargameError):
    """A scenario file is invalid.

    Parameters
    ----------
    problems : iterable of Problem
        All of them, in any order; they are kept sorted by place.
    """

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(
            sorted(problems, key=lambda p: (p.file, p.line, p.column, p.path, p.message))
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Problem, ...]]]:
        return (ScenarioError, (self.problems,))


class RecordError(WargameError):
    """A run folder or other input data cannot be used."""

    exit_code = 4


class RunError(WargameError):
    """A simulation could not be carried out."""

    exit_code = 4
