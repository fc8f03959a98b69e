"""The guides on the box: what is on a channel, by the first guide that knows it."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from agent.records.programme import Programme
from agent.records.validators import Validators
from agent.stores.guide.guide_form import FORM, GuideFacts, Window

log = logging.getLogger(__name__)

_NAME_HEX = 16
_ENDING = ".guide"
_PROGRAMME = "SELECT start_ms, stop_ms, title, about FROM programmes WHERE channel = ?"

Keys = Sequence[str]
"""What a channel may be called in a guide, the surest first."""

_Answer = TypeVar("_Answer")
_Identity = tuple[int, int]


class Guides:
    """Files that are only ever replaced as a whole, one for each source; may be asked from several threads.

    A file that cannot be read is removed, so that its source is read anew.
    """

    def __init__(self, folder: Path, sources: Sequence[str]) -> None:
        self._folder = folder
        self._files = {source: folder / f"{_name(source)}{_ENDING}" for source in sources}
        self._lock = threading.Lock()
        self._open: dict[Path, tuple[_Identity, sqlite3.Connection]] = {}

    def file(self, source: str) -> Path:
        """Where the guide of a source lies. Raises KeyError for what is no source."""
        return self._files[source]

    def tidy(self) -> None:
        """Make the folder; let go of guides whose source is none any more, and of what is unfinished."""
        self._folder.mkdir(parents=True, exist_ok=True)
        kept = set(self._files.values())
        for file in self._folder.iterdir():
            if file not in kept:
                file.unlink()

    def facts(self, source: str) -> GuideFacts | None:
        """None where there is no guide of this source."""
        with self._lock:
            return self._read(self._files[source], _facts)

    def programmes(self, keys: Keys, from_ms: int, to_ms: int) -> list[Programme]:
        """What is on between two moments, wholly or in part, in order."""

        def asked(database: sqlite3.Connection, channel: int) -> list[Programme]:
            rows = database.execute(
                f"{_PROGRAMME} AND start_ms > ? AND start_ms < ? ORDER BY start_ms", [channel, from_ms, to_ms]
            )
            on = _on_at(database, channel, from_ms)
            return [*([] if on is None else [on]), *(Programme(*row) for row in rows)]

        return self._asked(keys, asked) or []

    def now_and_next(self, keys: Keys, now_ms: int) -> tuple[Programme | None, Programme | None]:
        """What is on, and what begins after this moment."""

        def asked(database: sqlite3.Connection, channel: int) -> tuple[Programme | None, Programme | None]:
            row = database.execute(
                f"{_PROGRAMME} AND start_ms > ? ORDER BY start_ms LIMIT 1", [channel, now_ms]
            ).fetchone()
            return _on_at(database, channel, now_ms), None if row is None else Programme(*row)

        return self._asked(keys, asked) or (None, None)

    def programme(self, keys: Keys, start_ms: int) -> Programme | None:
        """The one that begins at this very moment."""

        def asked(database: sqlite3.Connection, channel: int) -> Programme | None:
            row = database.execute(f"{_PROGRAMME} AND start_ms = ?", [channel, start_ms]).fetchone()
            return None if row is None else Programme(*row)

        return self._asked(keys, asked)

    def knows(self, keys: Keys) -> bool:
        """Whether any guide tells of the channel."""
        return self._asked(keys, lambda _database, _channel: True) or False

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            for _, database in self._open.values():
                database.close()
            self._open.clear()

    def _asked(self, keys: Keys, ask: Callable[[sqlite3.Connection, int], _Answer]) -> _Answer | None:
        """Of the first guide that tells of the channel."""

        def asked(database: sqlite3.Connection) -> tuple[_Answer] | None:
            channel = _channel(database, keys)
            return None if channel is None else (ask(database, channel),)

        with self._lock:
            for file in self._files.values():
                if (answer := self._read(file, asked)) is not None:
                    return answer[0]
        return None

    def _read(self, file: Path, ask: Callable[[sqlite3.Connection], _Answer | None]) -> _Answer | None:
        try:
            database = self._connection(file)
            return None if database is None else ask(database)
        except sqlite3.Error as error:
            log.error("the guide %s cannot be read and is made anew: %s", file.name, error)
            _, database = self._open.pop(file, (None, None))
            if database is not None:
                database.close()
            file.unlink(missing_ok=True)
            return None

    def _connection(self, file: Path) -> sqlite3.Connection | None:
        """To the file that lies there now; None for none. Raises sqlite3.Error for another form."""
        try:
            found = file.stat()
        except OSError:
            return None
        identity = (found.st_ino, found.st_mtime_ns)
        known = self._open.get(file)
        if known is not None and known[0] == identity:
            return known[1]
        if known is not None:
            known[1].close()
        # Nobody ever writes into it: no locks, no journal to look for.
        database = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._open[file] = (identity, database)
        if database.execute("SELECT form FROM guide").fetchone() != (FORM,):
            raise sqlite3.DatabaseError("made by another version")
        return database


def _name(source: str) -> str:
    return sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:_NAME_HEX]


def _facts(database: sqlite3.Connection) -> GuideFacts:
    row = database.execute(
        "SELECT tag, modified, from_ms, to_ms, goes_on, channels, programmes FROM guide"
    ).fetchone()
    return GuideFacts(Validators(*row[:2]), Window(*row[2:4]), bool(row[4]), *row[5:])


def _channel(database: sqlite3.Connection, keys: Keys) -> int | None:
    for key in keys:
        row = database.execute(
            "SELECT channel FROM keys k WHERE key = ?"
            " AND EXISTS (SELECT 1 FROM programmes p WHERE p.channel = k.channel)",
            [key],
        ).fetchone()
        if row is not None:
            return int(row[0])
    return None


def _on_at(database: sqlite3.Connection, channel: int, at_ms: int) -> Programme | None:
    row = database.execute(
        f"{_PROGRAMME} AND start_ms <= ? ORDER BY start_ms DESC LIMIT 1", [channel, at_ms]
    ).fetchone()
    return Programme(*row) if row is not None and row[1] > at_ms else None
