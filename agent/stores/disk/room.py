"""Room on a full disk: what is given up for new records, in which order.

```
ballast → old logs → guides → copies of the database kept aside
        → delivered records older than 90 days → articles that were read → courses
```
Never an undelivered record.
"""

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlite_utils import Database as Tables

from agent.clock import Clock
from agent.settings import Settings
from agent.stores.articles.kept import KeptArticles
from agent.stores.courses.shelf import Shelf
from agent.stores.dates.moments import utc_ms_of
from agent.stores.disk.ballast import Ballast
from agent.stores.disk.kept_aside import kept_aside
from agent.stores.disk.retention import DETAILS_KEPT_MS, prune_details, prune_records
from study.anchor import from_utc_ms
from study.month import month_of

log = logging.getLogger(__name__)

LOW_BYTES = 8 * 1024 * 1024
"""Twice what the WAL may grow to: below this the next transaction might not fit."""
_QUIET_MS = 60_000
"""With nothing left to give up, so long nobody looks again."""
_PLAYS_AT_ONCE = 2_000


class Room:
    """The disk of one data folder; used under the database's write lock."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        shelf: Shelf | None = None,
        kept_articles: KeptArticles | None = None,
    ) -> None:
        self._folder = settings.data_folder
        self._log_folder = settings.log_folder
        self._guide_folder = settings.guide_folder
        self._database_file = settings.database_file
        self._ballast = Ballast(settings.data_folder)
        self._clock = clock
        self._shelf = shelf
        self._kept_articles = kept_articles
        self._quiet_until_ms = 0

    def keep(self, tables: Tables) -> None:
        """Before a transaction: see to it that it finds room, as long as anything can be given up."""
        if self._free() >= LOW_BYTES or self._clock.mono_ms() < self._quiet_until_ms:
            return
        while self._free() < LOW_BYTES:
            if not self.give_up_next(tables):
                self._quiet_until_ms = self._clock.mono_ms() + _QUIET_MS
                return

    def give_up_next(self, tables: Tables) -> bool:
        """Give up the next thing in order. False when nothing is left."""
        steps: tuple[tuple[str, Callable[[], bool]], ...] = (
            *self._file_steps(),
            ("old delivered records", lambda: self._give_up_delivered(tables)),
            ("an article", lambda: self._give_up_article(tables)),
            ("a course", lambda: self._give_up_course(tables)),
        )
        return any(self._given_up(name, step) for name, step in steps)

    def keep_to_start(self, more_bytes: int = 0) -> None:
        """Before there is a database: what can be given up without one."""
        while self._free() < LOW_BYTES + more_bytes:
            if not any(self._given_up(name, step) for name, step in self._file_steps()):
                return

    def refill(self) -> None:
        """Make the ballast again where there is plenty of room."""
        if self._ballast.refill():
            log.info("ballast of %s made", self._folder)

    def keep_reserve(self) -> None:
        """At the end: a little room for the next start."""
        self._ballast.keep_reserve()

    def _file_steps(self) -> tuple[tuple[str, Callable[[], bool]], ...]:
        return (
            ("ballast", self._ballast.give_up),
            ("an old log", lambda: _first_removed(_oldest_first(self._log_folder.glob("*.log.*")))),
            ("a guide", lambda: _first_removed(_oldest_first(self._guide_folder.glob("*")))),
            (
                "a copy of the database kept aside",
                lambda: _first_removed(_oldest_first(kept_aside(self._database_file))),
            ),
        )

    def _given_up(self, name: str, step: Callable[[], bool]) -> bool:
        try:
            given = step()
        except (OSError, sqlite3.Error) as error:
            log.warning("%s could not be given up: %s", name, error)
            return False
        if given:
            log.warning("磁盘将满：为学习记录让出了%s，还剩 %s 字节", name, self._free())
        return given

    def _give_up_delivered(self, tables: Tables) -> bool:
        utc_ms = utc_ms_of(tables, self._clock.boot, self._clock.mono_ms())
        if utc_ms is None:
            return False
        before = utc_ms - DETAILS_KEPT_MS
        tables.execute("BEGIN IMMEDIATE")
        try:
            gone = prune_details(tables, before, _PLAYS_AT_ONCE) + prune_records(tables, before)
            tables.execute("COMMIT")
        finally:
            if tables.conn.in_transaction:
                tables.execute("ROLLBACK")
        if gone:
            give_back(tables)
        return bool(gone)

    def _give_up_article(self, tables: Tables) -> bool:
        return self._kept_articles is not None and self._kept_articles.give_up_one(tables)

    def _give_up_course(self, tables: Tables) -> bool:
        if self._shelf is None:
            return False
        utc_ms = utc_ms_of(tables, self._clock.boot, self._clock.mono_ms())
        month = "" if utc_ms is None else month_of(from_utc_ms(utc_ms))
        return self._shelf.give_up_parts() or self._shelf.give_up_one(tables, month)

    def _free(self) -> int:
        return shutil.disk_usage(self._folder).free


def give_back(tables: Tables) -> None:
    """Give the pages that nothing stands on back to the disk. Raises sqlite3.Error."""
    tables.execute("PRAGMA incremental_vacuum").fetchall()
    tables.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _oldest_first(files: Iterable[Path]) -> list[Path]:
    return sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name))


def _first_removed(files: list[Path]) -> bool:
    if not files:
        return False
    files[0].unlink()
    return True
