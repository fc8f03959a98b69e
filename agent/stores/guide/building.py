"""Building a guide: a database file of its own, put in the old one's place once it is whole on the disk."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from agent.errors import GuideError
from agent.records.guide_words import key_of
from agent.records.programme import Unarranged, arranged
from agent.records.validators import Validators
from agent.records.xmltv import Told, ToldChannel, ToldProgramme
from agent.stores.disk.record_log import sync_folder
from agent.stores.guide.guide_form import FORM, RAW, TABLES, GuideFacts, Window
from agent.stores.guide.guide_keys import ID, NAME

CHANNELS_MAX = 20_000
NAMES_MAX = 100_000
"""Both are held until the guide is built."""
_ROWS_AT_ONCE = 1_000
_KEPT_FREE_BYTES = 200_000_000
"""Records must always find room: a guide takes only what is left beyond this."""
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -4000", "locking_mode = EXCLUSIVE")
"""A file that is thrown away when anything fails needs no journal; it is synced whole before it counts."""


def build_guide(
    file: Path, told: Iterable[Told], window: Window, validators: Validators, goes_on: Callable[[], bool]
) -> GuideFacts:
    """Make the guide at `file` anew. Raises GuideError, or what `told` raises; then the old one stays.

    `goes_on` is asked now and then; once it says no, this ends with GuideError. Beside the file lie
    `.part` and `.raw` until it is done: the disk needs room for old, new and raw.
    """
    part, raw = file.with_suffix(".part"), file.with_suffix(".raw")
    for unfinished in (part, raw):
        unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as database:
            for pragma in _PRAGMAS:
                database.execute(f"PRAGMA {pragma}").fetchall()
            database.execute("ATTACH ? AS raw", [str(raw)])
            database.execute("PRAGMA raw.journal_mode = OFF").fetchall()
            database.execute("PRAGMA raw.synchronous = OFF")
            facts = _filled(database, _Source(told, window, validators), _Watch(file.parent, goes_on))
        _put_in_place(part, file)
    except sqlite3.Error as error:
        raise GuideError(f"节目单存不下（{error}），原来的节目单照常使用") from error
    finally:
        for unfinished in (part, raw):
            unfinished.unlink(missing_ok=True)
    return facts


class _Watch:
    """Whether there is time and room to go on."""

    def __init__(self, folder: Path, goes_on: Callable[[], bool]) -> None:
        self._folder = folder
        self._goes_on = goes_on

    def look(self) -> None:
        if not self._goes_on():
            raise GuideError("节目单的读取中断，下次再读；原来的节目单照常使用")
        if shutil.disk_usage(self._folder).free < _KEPT_FREE_BYTES:
            raise GuideError("磁盘空间不够，新的节目单没有采用，原来的照常使用；请清理磁盘")


class _Source:
    """What is told, less what lies outside the window, channels by number."""

    def __init__(self, told: Iterable[Told], window: Window, validators: Validators) -> None:
        self._told = told
        self.window = window
        self.validators = validators
        self.goes_on = False
        self.names: list[tuple[str, int]] = []
        self._numbers: dict[str, int] = {}

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Programmes as the raw table takes them; names collect meanwhile."""
        for each in self._told:
            if isinstance(each, ToldChannel):
                number = self._number(each.xmltv_id)
                if len(self.names) < NAMES_MAX:
                    self.names += [(NAME + key, number) for name in each.names if (key := key_of(name))]
            elif self._is_within(each):
                yield self._number(each.xmltv_id), each.start_ms, each.stop_ms, each.title, each.about

    def keys(self) -> Iterator[tuple[str, int]]:
        """Every key; the first channel that claims one has it."""
        yield from ((ID + xmltv_id, number) for xmltv_id, number in self._numbers.items())
        yield from self.names

    def _is_within(self, programme: ToldProgramme) -> bool:
        if programme.start_ms >= self.window.to_ms:
            self.goes_on = True
            return False
        # One that began the evening before may end in the window; how long it really is shows later.
        return programme.start_ms >= self.window.from_ms

    def _number(self, xmltv_id: str) -> int:
        number = self._numbers.setdefault(xmltv_id, len(self._numbers) + 1)
        if number > CHANNELS_MAX:
            raise GuideError(f"节目单里的频道超过 {CHANNELS_MAX} 个，没有采用，原来的节目单照常使用")
        return number


def _filled(database: sqlite3.Connection, source: _Source, watch: _Watch) -> GuideFacts:
    for script in (TABLES, RAW):
        for statement in script.split(";"):
            database.execute(statement)
    _insert(database, "INSERT OR REPLACE INTO raw.told VALUES (?, ?, ?, ?, ?)", source.rows(), watch)
    _insert(database, "INSERT OR IGNORE INTO keys VALUES (?, ?)", source.keys(), watch)
    _insert(database, "INSERT INTO programmes VALUES (?, ?, ?, ?, ?)", _arranged_rows(database), watch)
    channels, programmes = database.execute(
        "SELECT count(DISTINCT channel), count(*) FROM programmes"
    ).fetchone()
    facts = GuideFacts(source.validators, source.window, source.goes_on, channels, programmes)
    database.execute(
        "INSERT INTO guide VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
        [FORM, *source.validators, *source.window, source.goes_on, channels, programmes],
    )
    database.execute("DETACH raw")
    return facts


def _arranged_rows(database: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    channels = database.execute("SELECT DISTINCT channel FROM raw.told ORDER BY channel").fetchall()
    for (channel,) in channels:
        told = database.execute(
            "SELECT start_ms, stop_ms, title, about FROM raw.told WHERE channel = ? ORDER BY start_ms",
            [channel],
        )
        for each in arranged(Unarranged(*row) for row in told):
            yield channel, each.start_ms, each.stop_ms, each.title, each.about


def _insert(
    database: sqlite3.Connection, statement: str, rows: Iterator[tuple[Any, ...]], watch: _Watch
) -> None:
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        watch.look()
        database.execute("BEGIN")
        database.executemany(statement, batch)
        database.execute("COMMIT")


def _put_in_place(part: Path, file: Path) -> None:
    with part.open("rb") as held:
        os.fsync(held.fileno())
    part.replace(file)
    sync_folder(file.parent)
