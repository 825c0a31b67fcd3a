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

A message names what a caller can give by its field, in guillemets: ``"Choose another place
with «out»."`` It can be read as it stands; the command line spells the flag there (`name_fields`),
a form its own label.
"""

from __future__ import annotations

import copyreg
import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

Known = TypeVar("Known", bound=str)

_FIELD = re.compile("«([a-z][a-z_]*)»")


def name_fields(text: str, name: Callable[[str], str]) -> str:
    """Return a message with every field named as a reader knows it.

    Parameters
    ----------
    name : callable
        From the field's name to what the reader calls it.
    """
    return _FIELD.sub(lambda found: name(found[1]), text)


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
        What is wrong (with the value), the rule and the remedy; before it, the place, unless
        that is a field.
    field : str
        What the caller gave that is wrong, such as "seed"; "" when it is nothing given.
    """

    exit_code = 1

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field

    def __str__(self) -> str:
        message = super().__str__()
        return f"«{self.field}»: {message}" if self.field else message

    def __reduce__(self) -> tuple[Any, ...]:
        # as it is, not built again: a subclass may take other arguments than the message
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


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
    field : str
        What the caller gave that is wrong.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], field: str = "") -> None:
        names = sorted(known)
        listing = ", ".join(names) if names else "there are none"
        super().__init__(
            f"unknown {kind} '{name}'; one of: {listing}.{did_you_mean(name, names)}", field
        )
        self.kind, self.name, self.known = kind, name, names


def one_of(kind: str, name: str, known: Iterable[Known], field: str = "") -> Known:
    """Return the name among the known ones that is meant.

    Parameters
    ----------
    kind, name, known, field
        As for `UnknownName`.

    Raises
    ------
    UnknownName
        When there is none of that name.
    """
    names = tuple(known)
    for one in names:
        if one == name:
            return one
    raise UnknownName(kind, name, names, field)


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
            f"Install it from a checkout of this project: pip install '.[{extra}]'"
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


class RecordError(WargameError):
    """A run folder or other input data cannot be used."""

    exit_code = 4


class RunError(WargameError):
    """A simulation could not be carried out."""

    exit_code = 4
