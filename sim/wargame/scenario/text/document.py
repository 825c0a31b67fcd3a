"""What a text says and where it says it: plain data with positions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

from wargame.errors import Problem, ScenarioError
from wargame.scenario.text.places import Place, Steps, spell


@dataclass
class Document:
    """What a text says and where it says it.

    Attributes
    ----------
    file : str
        As the user named it.
    data : dict
        Plain data: dict, list, str, int, float, bool, None.
    keys, values : dict of Steps to Place
        Where each key and each value starts.
    problems : list of Problem
        What was refused while the rest could still be read.
    tainted : set of Steps
        Where; the data at these places mean nothing.
    files : dict of Steps to str
        What was taken from another file, and from which.
    written : str
        The whole text.
    starts : dict of Place to int
        Where in it, from 0, each text starts.
    """

    file: str
    data: Any = None
    keys: dict[Steps, Place] = field(default_factory=dict)
    values: dict[Steps, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    tainted: set[Steps] = field(default_factory=set)
    files: dict[Steps, str] = field(default_factory=dict)
    written: str = ""
    starts: dict[Place, int] = field(default_factory=dict)

    def place(self, steps: Steps, of_key: bool = False) -> Place:
        """Return the position of a value (or of its key), or of the nearest thing around it.

        Parameters
        ----------
        steps : Steps
            Where in the data.
        of_key : bool
            Prefer the key to the value.
        """
        tables = (self.keys, self.values) if of_key else (self.values, self.keys)
        for length in range(len(steps), 0, -1):
            for table in tables:
                if steps[:length] in table:
                    return table[steps[:length]]
            tables = (self.keys, self.values)
        return Place(1, 1)

    def place_within(self, steps: Steps, text: str, offset: int) -> Place:
        """Return the position of a character of a text, however it is quoted or folded.

        Parameters
        ----------
        text : str
            What stands at these steps, as it was read.
        offset : int
            Which of its characters, from 0.
        """
        place = self.place(steps)
        at = self.starts.get(place)
        if at is None or offset == 0 or self.file_of(steps) != self.file:
            return place
        opening = self.written[at]
        if opening in ">|":
            at = self.written.find("\n", at)
        elif opening in "\"'":
            at += 1
        before = len("".join(text[:offset].split()))  # folding changes nothing but spaces
        rest = self.written[at:]
        marks = [index for index, mark in enumerate(rest) if not mark.isspace()]
        whole = len("".join(text.split()))
        at += marks[before] if before < whole else marks[whole - 1] + 1
        past = self.written[:at]
        return Place(past.count("\n") + 1, len(past) - past.rfind("\n"))

    def forget(self, steps: Steps) -> None:
        """Forget where an entry of a list stood that was left out; those behind it move up."""
        entry, index = steps[:-1], int(steps[-1])

        def moved(old: Steps) -> Steps | None:
            if len(old) <= len(entry) or old[: len(entry)] != entry:
                return old
            at = int(old[len(entry)])
            if at == index:
                return None
            return (*entry, at - (at > index), *old[len(entry) + 1 :])

        for table in (self.keys, self.values):
            kept = {now: place for old, place in table.items() if (now := moved(old)) is not None}
            table.clear()
            table.update(kept)
        self.files = {
            now: file for old, file in self.files.items() if (now := moved(old)) is not None
        }
        self.tainted = {now for old in self.tainted if (now := moved(old)) is not None}

    def file_of(self, steps: Steps) -> str:
        """Return the file in which something stands."""
        for length in range(len(steps), 0, -1):
            if steps[:length] in self.files:
                return self.files[steps[:length]]
        return self.file

    def refuse(self, steps: Steps, place: Place, message: str, taint: bool = True) -> None:
        """Note a problem and read on.

        Parameters
        ----------
        steps : Steps
            Where in the data.
        place : Place
            Where in the file.
        message : str
            What is wrong, the rule, the remedy.
        taint : bool
            Whether the data there mean nothing.
        """
        self.problems.append(Problem(spell(steps), message, self.file, place.line, place.column))
        if taint:
            self.tainted.add(steps)

    def stop(self, place: Place, message: str) -> NoReturn:
        """Raise ScenarioError with this problem and all noted before.

        Parameters
        ----------
        place : Place
            Where in the file.
        message : str
            What is wrong, the rule, the remedy.
        """
        problem = Problem("", message, self.file, place.line, place.column)
        raise ScenarioError([*self.problems, problem])

    def is_tainted(self, steps: Steps) -> bool:
        """Whether a place, or something around it, was refused by the reader.

        Parameters
        ----------
        steps : Steps
            Where in the data.
        """
        return bool(self.tainted) and any(
            steps[:length] in self.tainted for length in range(1, len(steps) + 1)
        )
