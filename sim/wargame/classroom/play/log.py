"""The log of a game: one SQLite file, an event a row, on the disk before it is acknowledged.

Nothing is ever changed or taken out: taking back is an event, too. A game is what its
events add up to, so a program killed at any point loses nothing that it had acknowledged.
"""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from wargame.classroom.play.game import Game, cards_before
from wargame.classroom.play.setup import Setup, describe, read_text, recall
from wargame.engine.policies import HOLD, POLICIES, Order
from wargame.errors import RecordError, WargameError
from wargame.scenario.text.scalars import clean_line
from wargame.store.files import failure
from wargame.store.reader import MOST_BYTES, parse_json

_APPLICATION, _FORMAT = 0x77_67_61_6D, 1
_TABLE = (
    "CREATE TABLE event (number INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, "
    "body TEXT NOT NULL)"
)
_BESIDE = ("", "-wal", "-shm", "-journal")
"""After its name, the files that SQLite takes for a log's own."""
_PLACE = "Name another file with «save»."
_BACKUP = "Take a copy from a backup."
_MOST_EVENTS = 100_000


@dataclass(frozen=True)
class Event:
    """Something that was done.

    Attributes
    ----------
    number : int
        1 is the first.
    at : str
        When, in UTC.
    kind : str
        "setup", "ready", "order", "undo", "odds" or "card".
    body : dict
        Plain data.
    """

    number: int
    at: str
    kind: str
    body: dict[str, Any]


class GameLog:
    """An open log; made by `create` or `open`.

    Attributes
    ----------
    events : list of Event
        All so far, in order.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self.events: list[Event] = []

    @classmethod
    def create(cls, path: Path, setup: Setup) -> Self:
        """Begin a log with a game's setup.

        Parameters
        ----------
        path : Path
            A file that is not there yet; its folder is made.

        Raises
        ------
        RecordError
            When the file is there already or cannot be written.
        """
        with _told(path):
            if path.is_dir():
                raise RecordError(f"{path}: is a folder. {_PLACE}")
            for beside in _BESIDE:
                there = path.with_name(path.name + beside)
                if os.path.lexists(there):
                    raise RecordError(
                        f"{there}: is there already. Add «resume» to go on with a game, or name "
                        "another file with «save»."
                    )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.open("xb").close()  # never through a link
            log = cls(path, sqlite3.connect(path, timeout=5, isolation_level=None))
            try:
                _harden(log._connection)
                log._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                log._connection.execute(f"PRAGMA user_version = {_FORMAT}")
                log._connection.execute(_TABLE)
                log.append("setup", describe(setup))
            except BaseException:
                log.close()
                with suppress(OSError):
                    for beside in _BESIDE:
                        path.with_name(path.name + beside).unlink(missing_ok=True)
                raise
        return log

    @classmethod
    def open(cls, path: Path) -> Self:
        """Take up a log that is there.

        Raises
        ------
        RecordError
            When there is no such file, it is not the log of a game, or it is damaged.
        """
        with _told(path):
            if not path.is_file():
                raise RecordError(
                    f"{path}: there is no such game. Check «save», or begin one without «resume»."
                )
            if path.stat().st_size > MOST_BYTES:
                raise RecordError(f"{path}: is too large for the log of a game. {_PLACE}")
            log = cls(path, sqlite3.connect(path, timeout=5, isolation_level=None))
            try:
                log._check()
                _harden(log._connection)
                log._read()
            except BaseException:
                log.close()
                raise
        return log

    def _check(self) -> None:
        """Refuse a file that is not the sound log of a game."""
        if self._value("PRAGMA application_id") != _APPLICATION:
            raise RecordError(f"{self.path}: is not the log of a game. {_PLACE}")
        version = self._value("PRAGMA user_version")
        if version != _FORMAT:
            raise RecordError(
                f"{self.path}: is a game of format {version}; this version of the program reads "
                f"format {_FORMAT}. Use the version that wrote it."
            )
        tables = self._value("SELECT group_concat(sql) FROM sqlite_schema")
        if tables != _TABLE or self._value("PRAGMA quick_check") != "ok":
            raise RecordError(f"{self.path}: the file is damaged. {_BACKUP}")
        if self._value("SELECT count(*) FROM event") > _MOST_EVENTS:
            raise RecordError(f"{self.path}: is too long for the log of a game. {_PLACE}")

    def append(self, kind: str, body: Mapping[str, Any]) -> None:
        """Write an event; when this returns, it is on the disk.

        Parameters
        ----------
        body : mapping
            Plain data.

        Raises
        ------
        RecordError
            When it cannot be written, or another program has gone on with the game meanwhile.
        """
        self.append_all([(kind, body)])

    def append_all(self, entries: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Write events, all or none; when this returns, they are on the disk.

        Raises
        ------
        RecordError
            As for `append`.
        """
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        first = len(self.events) + 1
        new = [
            Event(number, now, kind, dict(body))
            for number, (kind, body) in enumerate(entries, first)
        ]
        with _told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany(
                    "INSERT INTO event VALUES (?, ?, ?, ?)",
                    [
                        (event.number, event.at, event.kind, json.dumps(event.body, sort_keys=True))
                        for event in new
                    ],
                )
                self._connection.execute("COMMIT")
            except sqlite3.IntegrityError as error:
                self._connection.execute("ROLLBACK")
                raise RecordError(
                    f"{self.path}: another program has gone on with this game. Close one of them, "
                    "then give the command again with «resume»."
                ) from error
            except sqlite3.Error:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            # so that a copy of the file alone is the game so far:
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
        self.events += new

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _value(self, query: str) -> Any:
        with closing(self._connection.execute(query)) as rows:
            return rows.fetchone()[0]

    def _read(self) -> None:
        with closing(
            self._connection.execute("SELECT number, at, kind, body FROM event ORDER BY number")
        ) as rows:
            self.events = [self._event(place, *row) for place, row in enumerate(rows, 1)]
        if not self.events or self.events[0].kind != "setup":
            raise RecordError(
                f"{self.path}: holds no game: nothing was saved in it. Delete it and begin again."
            )

    def _event(self, place: int, number: int, at: object, kind: object, body: object) -> Event:
        if number != place:
            raise RecordError(f"{self.path}: event {place} is missing. {_BACKUP}")
        if not (isinstance(at, str) and isinstance(kind, str) and isinstance(body, str)):
            raise RecordError(f"{self.path}: event {number} is not text. {_BACKUP}")
        found = parse_json(body, f"{self.path}: event {number}", f" {_BACKUP}")
        if not isinstance(found, dict):
            raise RecordError(f"{self.path}: event {number} is not a JSON object. {_BACKUP}")
        return Event(number, at, kind, found)


@dataclass(frozen=True)
class Replayed:
    """What the events of a log add up to.

    Attributes
    ----------
    ready : frozenset of str
        Players who passed the setup.
    version : str
        Of the program that began it.
    cards : tuple of (int, str)
        Turn and text of the news that a facilitator handed out.
    """

    game: Game
    ready: frozenset[str]
    version: str
    cards: tuple[tuple[int, str], ...] = ()


def fold(log: GameLog) -> Replayed:
    """Add up the events of a log.

    Raises
    ------
    RecordError
        When an event does not fit those before it.
    """
    number = 1
    try:
        first, *rest = log.events
        game, ready = Game(recall(first.body), {}), set()
        orders: dict[tuple[int, str], Order] = {}
        cards: list[tuple[int, str]] = []
        for event in rest:
            number, body = event.number, event.body
            if event.kind == "ready":
                ready.add(_one_of(body["actor"], game.setup.players))
            elif event.kind == "order":
                turn, actor, order = _order(body, game)
                if (turn, actor) in orders:
                    raise ValueError(f"{actor} has given its order for turn {turn} already")
                orders[turn, actor] = order
            elif event.kind == "undo":
                last = _turn(body, game)
                orders = {key: order for key, order in orders.items() if key[0] < last}
                cards = cards_before(cards, last)
            elif event.kind == "card":
                cards.append((_turn(body, game), clean_line(read_text(body["text"]))))
            elif event.kind != "odds":
                raise ValueError(f"'{event.kind}' is no kind of event")
        version = clean_line(read_text(first.body["version"]))
        return Replayed(Game(game.setup, orders), frozenset(ready), version, tuple(cards))
    except (KeyError, TypeError, ValueError, WargameError) as error:
        raise RecordError(
            f"{log.path}: event {number} cannot be read ({error}); the file was changed by "
            f"something else. {_PLACE}"
        ) from error


def _order(body: Mapping[str, Any], game: Game) -> tuple[int, str, Order]:
    actor = _one_of(body["actor"], game.scenario.actors)
    menu = [action.id for action in game.scenario.actors[actor].actions]
    opening = _one_of(body["opening"], (HOLD, *menu))
    return _turn(body, game), actor, Order(opening, _one_of(body["standing"], POLICIES))


def _turn(body: Mapping[str, Any], game: Game) -> int:
    turn = body["turn"]
    if type(turn) is not int or not 1 <= turn <= game.scenario.turns:
        raise ValueError(f"there is no turn {turn!r}")
    return turn


def _one_of(value: object, known: Iterable[str]) -> str:
    if value not in list(known):
        raise ValueError(f"there is no {value!r}")
    return read_text(value)


def _harden(connection: sqlite3.Connection) -> None:
    """Have every commit reach the disk before it returns."""
    connection.execute("PRAGMA journal_mode = WAL").close()
    connection.execute("PRAGMA synchronous = FULL").close()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into one of our errors."""
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # of names, and of what it says
        raise RecordError(
            f"{path}: cannot be used as the log of a game ({error}). {_PLACE}"
        ) from error
    except OSError as error:
        raise failure(path, error) from error
