"""Rebuilding: a fresh database out of what can be read of another one together with the second log."""

import logging
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database as Tables

from agent.records.stored import record_of
from agent.stores.articles.headers import drop_unreadable, forget_revision
from agent.stores.dates.anchors import place_all
from agent.stores.delivery import epochs
from agent.stores.disk.connection import connected
from agent.stores.disk.kept_aside import put_aside
from agent.stores.disk.migrations import MIGRATIONS, step_names
from agent.stores.disk.notices import put_notice
from agent.stores.disk.record_log import frames, sync_folder
from agent.stores.disk.removal import remove_database
from agent.stores.groups.numbers import forget_group_numbers, give_up_groups
from agent.stores.offline.numbers import forget_offline_numbers, give_up_offline
from agent.stores.rescue.mending import mend_values
from agent.stores.rescue.refilling import Refilling
from agent.stores.rescue.salvage import Row, opened_to_read, readable_rows, table_form
from agent.stores.sessions.closing import close_session_if_all_left
from agent.stores.sessions.sequel import part_sealed

log = logging.getLogger(__name__)

_STEPS = "_sqlite_migrations"
_CATALOGUE = frozenset(("courses", "episodes", "channels"))
_ARTICLES = frozenset(("articles", "article_mirror"))


@dataclass(slots=True)
class Found:
    """What a rebuilt database was made of."""

    damaged: list[str] = field(default_factory=list)
    """Tables of which not everything could be read."""
    records: int = 0
    refilled: int = 0
    """Of `records`: those that only the log still had."""
    given_up_ms: int = 0
    """What had been played in sessions that were given up open."""
    given_up_groups: int = 0
    given_up_offline: int = 0
    """Without a record here, and never to have one."""


def rebuilt_file(file: Path) -> Path:
    """Where a rebuilt database lies, whole, until it takes the place of the old one."""
    return file.with_name(file.name + ".rebuilt")


def rebuild(
    file: Path,
    source: Path | None,
    log_file: Path,
    words: Callable[[Found], str],
    *,
    is_copy: bool = False,
) -> Found:
    """Make `<file>.rebuilt` of what can be read of `source` and of the log, with a new epoch.

    `words` tell the operator. `is_copy`: the source is whole, and the box went on after it was made. Its
    open sessions never become records: the box has closed them itself. Raises sqlite3.Error, OSError.
    """
    unfinished = file.with_name(file.name + ".part")
    remove_database(unfinished)
    found = Found()
    tables = connected(unfinished)
    try:
        tables.execute("PRAGMA foreign_keys = OFF")
        tables.execute("PRAGMA synchronous = OFF")  # nothing counts before it is synced as a whole, below
        _fill(tables, source, log_file, found, is_copy=is_copy)
        tables.execute("BEGIN")
        epochs.begin(tables)
        _mend(tables, found, is_copy=is_copy)
        put_notice(tables, words(found))
        tables.execute("COMMIT")
        tables.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except BaseException:
        tables.close()
        remove_database(unfinished)  # what room there is is needed
        raise
    tables.close()
    _sync(unfinished)
    unfinished.replace(rebuilt_file(file))
    sync_folder(file.parent)
    return found


def take_place(file: Path) -> None:
    """Put the old database aside and the rebuilt one, if there is one, in its place. Raises OSError.

    Killed midway, the next start goes on here.
    """
    if rebuilt_file(file).exists():
        put_aside(file)
        rebuilt_file(file).replace(file)
        sync_folder(file.parent)


def _fill(tables: Tables, source: Path | None, log_file: Path, found: Found, *, is_copy: bool) -> None:
    held = None if source is None else _opened(source)
    MIGRATIONS.apply(tables, stop_before=_steps_not_taken(held))
    tables.execute("BEGIN")
    if held is not None:
        _copy_all(tables, held, found)
        held.close()
    tables.execute("COMMIT")
    MIGRATIONS.apply(tables)
    tables.execute("BEGIN")
    if held is None or not (is_copy or _are_known(tables, log_file)):
        _forget_numbers(tables)
    refilling = Refilling(tables)
    refilling.take_all(frames(log_file) if log_file.exists() else ())
    tables.execute("DELETE FROM sessions WHERE epoch_no = 0")
    tables.execute("COMMIT")
    found.refilled = refilling.refilled
    found.records = int(tables.execute("SELECT count(*) FROM records").fetchone()[0])


def _opened(source: Path) -> sqlite3.Connection | None:
    held = None
    try:
        held = opened_to_read(source)
        held.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        log.warning("%s cannot be read at all: %s", source, error)
        if held is not None:
            held.close()
        return None
    return held


def _steps_not_taken(held: sqlite3.Connection | None) -> list[str]:
    """The steps that the source has not been through; its rows have the form that it left them in."""
    if held is None:
        return []
    try:
        taken = {row[0] for row in held.execute(f"SELECT name FROM {_STEPS}")}  # noqa: S608  a fixed name
    except sqlite3.Error:
        return []
    return [name for name in step_names() if taken and name not in taken]


def _copy_all(tables: Tables, held: sqlite3.Connection, found: Found) -> None:
    names = [name for name in tables.table_names() if name != _STEPS]
    for name in names:
        form = table_form(tables.conn, name)
        rows, is_whole = readable_rows(held, form)
        if not is_whole:
            found.damaged.append(name)
        if name == "records":
            rows = [row for row in rows if _is_record(row)]
        for row in rows:
            _put(tables, name, row)


def _put(tables: Tables, name: str, row: Row) -> None:
    """In the place of a fresh database's own first row, if need be."""
    marks = ", ".join("?" * len(row))
    try:
        tables.execute(
            f"INSERT OR REPLACE INTO {name} ({', '.join(row)}) VALUES ({marks})",  # noqa: S608  the schema's
            list(row.values()),
        )
    except sqlite3.IntegrityError as error:
        log.warning("a row of %s is left out: %s", name, error)


def _is_record(row: Row) -> bool:
    try:
        return bool(record_of(row["content"]).seq == row["seq"])
    except (ValueError, TypeError, LookupError):
        return False


def _are_known(tables: Tables, log_file: Path) -> bool:
    """Whether the log knows the names of all epochs that anything is numbered in, or nothing at all."""
    known = {frame.epoch for frame in frames(log_file) if frame.seq} if log_file.exists() else set()
    numbered = tables.execute(
        "SELECT epoch FROM (SELECT epoch_no AS number FROM records UNION SELECT epoch_no FROM sessions)"
        " LEFT JOIN epochs USING (number) WHERE number IS NOT NULL"
    ).fetchall()
    return not known or {row[0] for row in numbered} <= known


def _forget_numbers(tables: Tables) -> None:
    """With a damaged name the same record would count under two: the log has them all."""
    tables.execute("DELETE FROM records")
    tables.execute("DELETE FROM epochs")
    tables.execute("UPDATE sessions SET epoch_no = 0, seq = 0 WHERE seq IS NOT NULL")
    forget_group_numbers(tables)
    forget_offline_numbers(tables)


def _mend(tables: Tables, found: Found, *, is_copy: bool) -> None:
    tables.execute("DELETE FROM plays WHERE session_id NOT IN (SELECT session_id FROM sessions)")
    tables.execute("DELETE FROM intervals WHERE play_id NOT IN (SELECT play_id FROM plays)")
    tables.execute("UPDATE delivery SET run_epoch = 1, run_first = 0, run_last = 0")
    mend_values(tables)
    if _CATALOGUE.intersection(found.damaged):
        tables.execute("DELETE FROM mirror")  # so that the whole catalogue comes anew
    if drop_unreadable(tables) or _ARTICLES.intersection(found.damaged):
        forget_revision(tables)
    if "own_channels" in found.damaged:
        tables.execute("DELETE FROM channel_lists")  # so that every list is read anew
    place_all(tables)
    if is_copy:
        row = tables.execute("SELECT coalesce(sum(played_ms), 0) FROM sessions WHERE open = 1").fetchone()
        found.given_up_ms = int(row[0])
        tables.execute("UPDATE plays SET open = 0")
        tables.execute("UPDATE sessions SET open = 0")
        found.given_up_groups = give_up_groups(tables)
        found.given_up_offline = give_up_offline(tables)
        return
    part_sealed(tables)
    left = tables.execute(
        "SELECT session_id FROM sessions s WHERE open = 1"
        " AND NOT EXISTS (SELECT 1 FROM plays p WHERE p.session_id = s.session_id AND p.open = 1)"
    ).fetchall()
    for row in left:
        close_session_if_all_left(tables, row[0])


def _sync(file: Path) -> None:
    with file.open("rb") as held:
        os.fsync(held.fileno())
