"""Opening the database when the agent starts: looked at after an unclean end, rebuilt where needed."""

import logging
import sqlite3
from enum import Enum
from pathlib import Path

from agent.clock import Clock
from agent.errors import DamagedDatabaseError, DiskFullError, cause
from agent.settings import Settings
from agent.stores.disk.connection import connected
from agent.stores.disk.database import Database, in_words, is_damage
from agent.stores.disk.end_mark import End, EndMark
from agent.stores.disk.kept_aside import aside
from agent.stores.disk.log_filling import LogFilling, is_older
from agent.stores.disk.migrations import has_own_columns, is_newer
from agent.stores.disk.record_log import RecordLog
from agent.stores.disk.room import Room
from agent.stores.rescue.mending import mend_records, mend_values
from agent.stores.rescue.rebuilding import Found, rebuild, take_place

log = logging.getLogger(__name__)

_FULL_CHECK_BYTES_MAX = 64 * 1024 * 1024
"""A year's sessions are a third of that; in a bigger one only the pages are looked at, to start soon."""


class Reason(Enum):
    """Why a database is rebuilt; the value is what the operator is told first."""

    DAMAGED = "学习记录数据库有损坏，已自动修复"
    MISSING = "学习记录数据库文件不见了，已从备用记录重建"
    OLDER = "学习记录数据库比备用记录旧（可能被旧文件覆盖），已自动补齐"


def log_file(database_file: Path) -> Path:
    """Where the second log of a database lies."""
    return database_file.with_name("records.log")


def open_database(settings: Settings, clock: Clock, room: Room) -> Database:
    """The running agent's database; the caller holds the folder's lock.

    One that is damaged, missing or older than the second log is rebuilt first, with a new epoch, and the
    operator is told. Raises StoreError.
    """
    file = settings.database_file
    room.keep_to_start()
    end = EndMark(file.with_name("last-end"), clock.boot)
    held = _log_of(log_file(file))
    filling = None if held is None else LogFilling(held)
    is_rebuilt = _is_rebuilt(file, held, end, clock, room)
    end.write(End.RUNNING)
    try:
        database = Database(file, filling, room, end)
    except DamagedDatabaseError:
        # Met only now, where the end was clean; the mark says so by this.
        is_rebuilt = _is_rebuilt(file, held, end, clock, room)
        database = Database(file, filling, room, end)
    if is_rebuilt:
        database.rewrite_log(None)
    return database


def _is_rebuilt(file: Path, held: RecordLog | None, end: EndMark, clock: Clock, room: Room) -> bool:
    """Whether the database had to be rebuilt, and was. Raises StoreError."""
    try:
        take_place(file)
        reason = _reason(file, held, end.read().end, clock)
        if reason is not None:
            room.keep_to_start(2 * file.stat().st_size if file.exists() else 0)
            _rebuild(file, reason)
    except OSError as error:
        raise DiskFullError(
            f"学习记录数据库需要修复，但 {file.parent} 写不进去（{cause(error)}）；请清理磁盘后重新启动"
        ) from error
    return reason is not None


def _log_of(file: Path) -> RecordLog | None:
    try:
        return RecordLog(file)
    except OSError as error:
        log.warning("%s cannot be opened (%s); this run keeps no second log", file, error)
        return None


def _reason(file: Path, held: RecordLog | None, end: End, clock: Clock) -> Reason | None:
    """Why the database has to be rebuilt; None where it can be used as it is. Raises StoreError."""
    last = None if held is None else held.last
    if not file.exists() or file.stat().st_size == 0:
        return None if last is None else Reason.MISSING
    if end is End.DAMAGED:
        return Reason.DAMAGED
    try:
        tables = connected(file)
        try:
            if end is not End.STOPPED and not _is_whole(tables.conn, file.stat().st_size, end, clock):
                return Reason.DAMAGED
            if is_newer(tables):
                return None  # told where it is opened
            if "epochs" not in tables.table_names():
                # Made by an earlier version, or empty because all that was in it was in a WAL that is gone.
                return None if last is None else Reason.OLDER
            if is_older(tables, last):
                return Reason.OLDER
            if end is not End.STOPPED:
                if not has_own_columns(tables):
                    return Reason.DAMAGED
                mend_values(tables)
                if held is not None:
                    mend_records(tables, held.file)
        finally:
            tables.close()
    except UnicodeDecodeError:
        # The library's own message names a part of the schema that is no text any more.
        return Reason.DAMAGED
    except sqlite3.Error as error:
        # What is asked here is right in every version: where it can't be answered the schema is damaged.
        if is_damage(error) or error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            return Reason.DAMAGED
        raise in_words(error, file) from error
    return None


def _is_whole(connection: sqlite3.Connection, size: int, end: End, clock: Clock) -> bool:
    # The full check also compares every index with its table.
    check = "integrity_check" if size <= _FULL_CHECK_BYTES_MAX else "quick_check"
    began_ms = clock.mono_ms()
    said = [row[0] for row in connection.execute(f"PRAGMA {check}(10)")]
    took_ms = clock.mono_ms() - began_ms
    log.info("the run before ended unclean (%s): %s says %s after %s ms", end, check, said, took_ms)
    return said == ["ok"]


def _rebuild(file: Path, reason: Reason) -> None:
    kept = aside(file).name if file.exists() else ""

    def words(found: Found) -> str:
        said = f"{reason.value}：共 {found.records} 条学习记录，其中 {found.refilled} 条取自备用记录"
        where = f"；原文件保留为 {kept}" if kept else ""
        return f"{said}{where}。已完成的学时没有丢失；如反复出现，请检查磁盘"

    log.warning("%s: %s", file, reason.value)
    try:
        found = rebuild(file, file if file.exists() else None, log_file(file), words)
    except sqlite3.Error as error:
        raise in_words(error, file) from error
    take_place(file)
    log.warning("%s; damaged tables: %s", words(found), ", ".join(found.damaged) or "none")
