"""The agent's one SQLite database: its durability settings, one writer, short readers."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database as Tables

from agent.errors import DiskFullError, StoreError, UnusableDatabaseError
from agent.stores.migrations import migrate

__all__ = ["Database", "Tables"]
"""`Tables` is what a transaction hands out; callers name it, and get it nowhere else."""

log = logging.getLogger(__name__)

_WAL_PAGES = 1_000
_WAL_KEPT_BYTES = 4 * 1024 * 1024
_CACHE_KIB = 2_000
_PRAGMAS = (
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cell_size_check = ON",
    f"wal_autocheckpoint = {_WAL_PAGES}",
    f"journal_size_limit = {_WAL_KEPT_BYTES}",
    f"cache_size = -{_CACHE_KIB}",
)


class Database:
    """Every change goes through `writing()`, one at a time; `reading()` sees one moment of it all."""

    def __init__(self, file: Path) -> None:
        """Open, migrate where needed, and check. Raises StoreError in words for the operator."""
        self.file = file
        with _translated(file):
            self._writer = _connected(file)
            self._reader = _connected(file)
            migrate(self._writer, file)
        self._write_lock = threading.Lock()
        self._read_lock = threading.Lock()

    @contextmanager
    def writing(self) -> Iterator[Tables]:
        """One durable transaction: when the block ends, all of it is on the disk, or none.

        Raises DiskFullError or StoreError; then nothing was changed.
        """
        with self._write_lock, _translated(self.file):
            yield from _transaction(self._writer, "BEGIN IMMEDIATE", "COMMIT")

    @contextmanager
    def reading(self) -> Iterator[Tables]:
        """One consistent moment, while others write."""
        with self._read_lock, _translated(self.file):
            yield from _transaction(self._reader, "BEGIN", "ROLLBACK")

    def close(self) -> None:
        """Fold the WAL into the file and let go of it."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()


def _connected(file: Path) -> Tables:
    connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return Tables(connection)


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


@contextmanager
def _translated(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(error, file) from error


def _in_words(error: sqlite3.Error, file: Path) -> StoreError:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFullError("磁盘已满，学习记录暂时存不下；请清理磁盘，电视会保留尚未存下的记录")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return UnusableDatabaseError(f"学习记录数据库 {file} 已损坏；请保留该文件并联系管理员")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return UnusableDatabaseError(f"数据目录 {file.parent} 不能写入；请检查目录权限和磁盘")
        case _:
            return StoreError(f"学习记录数据库暂时不能使用（{error}）；稍后会再试")
