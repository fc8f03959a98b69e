"""The agent's one SQLite database: its durability settings, one writer, short readers."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlite_utils import Database as Tables

from agent.errors import DamagedDatabaseError, DiskFullError, StoreError, UnusableDatabaseError
from agent.stores.disk.connection import connected
from agent.stores.disk.end_mark import End, EndMark
from agent.stores.disk.log_filling import LogFilling
from agent.stores.disk.migrations import migrate
from agent.stores.disk.room import Room, give_back

__all__ = ["Database", "Tables"]
"""`Tables` is what a transaction hands out; callers name it, and get it nowhere else."""

log = logging.getLogger(__name__)


class Database:
    """Every change goes through `writing()`, one at a time; `reading()` sees one moment of it all.

    Only the running agent has a log, a room and an end mark (agent/stores/rescue/opening.py); others look on.
    """

    def __init__(
        self,
        file: Path,
        filling: LogFilling | None = None,
        room: Room | None = None,
        end: EndMark | None = None,
    ) -> None:
        """Open, migrate where needed, and check. Raises StoreError in words for the operator."""
        self.file = file
        self._filling = filling
        self._room = room
        self._end = end
        self._is_damaged = False
        with self._translated(), ExitStack() as stack:
            # Closed where this fails: a connection left behind would take the next one's WAL away with it.
            self._writer = connected(file)
            stack.callback(self._writer.close)
            self._reader = connected(file)
            stack.callback(self._reader.close)
            migrate(self._writer, file)
            if filling is not None:
                filling.fill(self._writer)
            stack.pop_all()
        self._write_lock = threading.Lock()
        self._read_lock = threading.Lock()

    @contextmanager
    def writing(self) -> Iterator[Tables]:
        """One durable transaction: when the block ends, all of it is on the disk, or none.

        What it put into the outbox is in the second log too when this returns, room permitting.
        Raises DiskFullError or StoreError; then nothing was changed. After DiskFullError something has
        been given up where there was anything left, so that the next try may go through.
        """
        with self._write_lock, self._translated():
            if self._is_damaged:
                # Met where nobody could be told.
                raise DamagedDatabaseError(_damaged_words(self.file))
            if self._room is not None:
                self._room.keep(self._writer)
            try:
                yield from _transaction(self._writer, "BEGIN IMMEDIATE", "COMMIT")
            except sqlite3.OperationalError as error:
                if self._room is not None and error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                    self._room.give_up_next(self._writer)
                raise
            self._fill_log()

    def _fill_log(self) -> None:
        """The change stands by now: whatever the log meets, whoever wrote must not take it for undone."""
        if self._filling is None:
            return
        try:
            self._filling.fill(self._writer)
        except sqlite3.Error as error:
            log.error("the second log is not filled: %s", error)
            self._note_damage(error)

    @contextmanager
    def reading(self) -> Iterator[Tables]:
        """One consistent moment, while others write."""
        with self._read_lock, self._translated():
            yield from _transaction(self._reader, "BEGIN", "ROLLBACK")

    @contextmanager
    def reading_apart(self) -> Iterator[Tables]:
        """The same by a connection of its own: for what takes longer than other readers should wait."""
        with self._translated():
            reader = connected(self.file)
            try:
                yield from _transaction(reader, "BEGIN", "ROLLBACK")
            finally:
                reader.close()

    def rewrite_log(self, settled_before_utc_ms: int | None) -> None:
        """Make the second log anew without what was settled before that moment, where at least half is.

        With None it is made anew in any case, with everything. Where there is no room the old one stays.
        """
        with self._write_lock, self._translated():
            if self._filling is not None:
                self._filling.rewrite(self._writer, settled_before_utc_ms)

    def shrink(self) -> None:
        """Give the pages that nothing stands on back to the disk."""
        with self._write_lock, self._translated():
            give_back(self._writer)

    def fold(self) -> None:
        """Fold the WAL into the file and empty it, as far as no reader needs it. Raises StoreError."""
        with self._write_lock, self._translated():
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Fold the WAL into the file and let go of it."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()
            if self._filling is not None:
                self._filling.log.close()
            if self._room is not None:
                self._room.keep_reserve()
            if self._end is not None and not self._is_damaged:
                self._end.write(End.STOPPED)

    def _note_damage(self, error: sqlite3.Error) -> None:
        if is_damage(error) and self._end is not None:
            self._is_damaged = True
            self._end.write(End.DAMAGED)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self._note_damage(error)
            raise in_words(error, self.file) from error


def _transaction(tables: Tables, begin: str, end: str) -> Iterator[Tables]:
    tables.conn.execute(begin)
    try:
        yield tables
        tables.conn.execute(end)
    except BaseException:
        # A full disk may have ended the transaction already.
        if tables.conn.in_transaction:
            tables.conn.execute("ROLLBACK")
        raise


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite met bytes that no database has."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def in_words(error: sqlite3.Error, file: Path) -> StoreError:
    """What happened, for a person."""
    match getattr(error, "sqlite_errorcode", 0):
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR_SHMSIZE:
            return DiskFullError("磁盘已满，学习记录暂时存不下；请清理磁盘，电视会保留尚未存下的记录")
        case _ if is_damage(error):
            return DamagedDatabaseError(_damaged_words(file))
        case code if code & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
            return UnusableDatabaseError(f"数据目录 {file.parent} 不能写入；请检查目录权限和磁盘")
        case _:
            return StoreError(f"学习记录数据库暂时不能使用（{error}）；稍后会再试")


def _damaged_words(file: Path) -> str:
    return f"学习记录数据库 {file} 已损坏；重新启动后会自动修复，已完成的记录不会丢失"
