"""Years of sessions in a box's database, made once and kept for later runs."""

import random
import shutil
import sqlite3
import time
from dataclasses import replace
from hashlib import blake2b, sha256
from pathlib import Path

from agent.records.stored import record_of
from agent.stores.box import enrol, see_boot
from agent.stores.courses.catalogue import apply_delta
from agent.stores.dates.anchors import add_anchor
from agent.stores.dates.moments import anchors_of
from agent.stores.delivery.epochs import current, move_chain, note_mark
from agent.stores.disk.database import Database, Tables
from agent.stores.disk.log_filling import LogFilling
from agent.stores.disk.record_log import RecordLog
from agent.stores.rescue.opening import log_file
from agent.stores.sessions.session_log import add_report
from agent.stores.sessions.watching import watched
from bench import evening
from bench.evening import A_DAY, boot_name, catalogue, one_day
from study.anchor import Anchor, AnchorSource, best_anchor
from study.record import AnchorRecord, StudyRecord, check
from study.record import content as canonical
from study.rules import Kind
from study.station import Station, StationType
from study.units import HOUR_MS, BootId, Milliseconds, MonotonicMs, Seq, StationNumber

DAY_MS = 24 * HOUR_MS
BOOT_EVERY_MS = DAY_MS // 5
"""So close that a million sessions are within the three years for which a box keeps them."""
SETTLED_AGO_MS = 100 * DAY_MS
LOGGED_MS = 90 * DAY_MS
"""So long the second log remembers what was delivered."""
DAYS = 50
"""So many days are lived through by the real store; what is beyond are copies of them."""
PATTERN = A_DAY * DAYS
WAITING = 36_500
"""A year offline at 100 sessions a day; what is older has been delivered."""
STATION = Station(StationNumber("1101150047"), "大兴区黄村镇埝坛村", "大兴", StationType.VILLAGE)
SAMPLE = 200


def kept_sessions(folder: Path, count: int, waiting: int | None = WAITING) -> Path:
    """`stored_sessions` in a file of `folder`, made anew when tables or making have changed."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(folder / "tables.db")
    with database.reading() as tables:
        made_by = [Path(__file__), Path(evening.__file__)]
        made_of = b"".join([tables.schema.encode(), *(source.read_bytes() for source in made_by)])
    form = blake2b(made_of, digest_size=4).hexdigest()
    database.close()
    file = folder / f"{count}-{form}.db"
    if not file.exists():
        print(f"making {count} sessions, kept in {file}", flush=True)
        for older in folder.glob(f"{count}-*"):
            older.unlink()
        stored_sessions(file, count, waiting)
    return file


def copy_sessions(kept: Path, file: Path) -> None:
    """A copy to work on, with the second log that goes with it."""
    shutil.copy(kept, file)
    shutil.copy(_log_of(kept), log_file(file))


def _log_of(file: Path) -> Path:
    return file.with_suffix(".log")


def _fill_log(database: Database, file: Path) -> None:
    """As the agent fills it, and rewrites it when most of it is settled for long."""
    filling = LogFilling(RecordLog(file))
    with database.writing() as tables:
        while not filling.fill(tables):
            pass
        filling.rewrite(tables, time.time_ns() // 1_000_000 - LOGGED_MS)
    filling.log.close()


def stored_sessions(file: Path, count: int, waiting: int | None) -> None:
    """A database of an enrolled box with `count` sessions, the last `waiting` records not delivered.

    None is for a box that is not enrolled yet.

    Up to PATTERN sessions are reported to the real store; more are copies of those days, later by
    their boot, their numbers and their date. A sample of the copies is then added up anew by the
    real store. Raises RuntimeError where it comes to something else.
    """
    part = file.with_suffix(".part")
    for old in (part, _log_of(file)):
        old.unlink(missing_ok=True)
    days = -(-count // A_DAY)
    database = Database(part)
    first_utc_ms = time.time_ns() // 1_000_000 - days * BOOT_EVERY_MS
    with database.writing() as tables:
        if waiting is not None:
            enrol(tables, STATION, "bench")
        _live_through(tables, first_utc_ms, min(count, PATTERN))
    database.close()
    if count > PATTERN:
        _copy(part, count // PATTERN - 1)
    database = Database(part)
    with database.writing() as tables:
        if waiting is not None:
            _deliver(tables, waiting)
        _verify(tables, min(SAMPLE, count))
    _fill_log(database, _log_of(file))
    database.close()
    part.rename(file)


def _live_through(tables: Tables, first_utc_ms: int, count: int) -> None:
    apply_delta(tables, catalogue())
    for day in range(-(-count // A_DAY)):
        boot = boot_name(day)
        see_boot(tables, boot)
        utc_ms = first_utc_ms + day * BOOT_EVERY_MS
        add_anchor(tables, Anchor(boot, MonotonicMs(0), utc_ms, Milliseconds(50), AnchorSource.PLATFORM))
        for report in one_day(day, min(A_DAY, count - day * A_DAY)):
            add_report(tables, report)


_BOOT = "printf('%08d', substr({0}, 1, 8) + :day) || substr({0}, 9)"
SHIFTED = {
    "boots": {"ordinal": "ordinal + :day", "boot_id": _BOOT},
    "anchors": {"seq": "seq + :day", "boot_id": _BOOT, "utc_ms": "utc_ms + :ms"},
    "sessions": {
        "session_id": "session_id + :session",
        "boot_id": _BOOT,
        "last_boot_id": _BOOT,
        "opened_utc_ms": "opened_utc_ms + :ms",
        "seq": "seq + :record",
    },
    "plays": {"play_id": "another(play_id, :day)", "session_id": "session_id + :session", "boot_id": _BOOT},
    "intervals": {"play_id": "another(play_id, :day)"},
    "records": {
        "seq": "seq + :record",
        "session_id": "session_id + :session",
        "content": "later(content, :day, :record, :ms)",
    },
}
"""How a copy's columns differ; in an order in which what is referred to comes first."""


def _copy(file: Path, times: int) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.create_function("another", 2, _another_play, deterministic=True)
    connection.create_function("later", 4, _later_record, deterministic=True)
    sessions, records = (
        connection.execute(f"SELECT max({key}) FROM {table}").fetchone()[0]  # noqa: S608  fixed names
        for key, table in (("session_id", "sessions"), ("seq", "records"))
    )
    connection.execute("PRAGMA cache_size = -1000000")
    connection.execute("BEGIN")
    for table in SHIFTED:
        connection.execute(f"CREATE TEMP TABLE pattern AS SELECT * FROM main.{table}")  # noqa: S608
        statement = _statement(connection, table)
        for copy in range(1, times + 1):
            day = copy * DAYS
            values = {
                "day": day,
                "ms": day * BOOT_EVERY_MS,
                "session": copy * sessions,
                "record": copy * records,
            }
            connection.execute(statement, values)
        connection.execute("DROP TABLE pattern")
    connection.execute("UPDATE epochs SET next_seq = (SELECT max(seq) + 1 FROM records)")
    connection.execute("COMMIT")
    connection.close()


def _statement(connection: sqlite3.Connection, table: str) -> str:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    shifted = SHIFTED[table]
    values = [shifted.get(column, column).format(column) for column in columns]
    key = ", ".join(values[:2] if table == "intervals" else values[:1])
    order = f"ORDER BY {key}" if table in ("plays", "intervals") else ""
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM temp.pattern {order}"  # noqa: S608


def _another_play(play_id: str, day: int) -> str:
    """As random as the television's own: neighbours in time are none in the index."""
    return blake2b(f"{play_id}{day}".encode(), digest_size=8).hexdigest()


def _later_record(content: bytes, day: int, record: int, ms: int) -> bytes:
    r = record_of(content)
    later = replace(r, seq=Seq(r.seq + record), boot_ordinal=r.boot_ordinal and r.boot_ordinal + day)
    if isinstance(later, AnchorRecord):
        anchor = later.anchor
        moved = replace(anchor, boot=_later_boot(anchor.boot, day), utc_ms=anchor.utc_ms + ms)
        return canonical(replace(later, anchor=moved))
    first = later.replaces
    return canonical(
        replace(later, boot=_later_boot(later.boot, day), replaces=first and Seq(first + record))
    )


def _later_boot(boot: BootId, day: int) -> BootId:
    return boot_name(int(boot[:8]) + day)


def _deliver(tables: Tables, waiting: int) -> None:
    """All but the last `waiting` records are with the platform."""
    state = current(tables)
    settled = max(0, state.next_seq - 1 - waiting)
    tables.execute(
        "UPDATE records SET state = 'delivered', settled_utc_ms = ? WHERE seq <= ?",
        [time.time_ns() // 1_000_000 - SETTLED_AGO_MS, settled],
    )
    chain = state.chain or b""
    for row in tables.execute("SELECT content FROM records WHERE seq <= ? ORDER BY seq", [settled]):
        chain = sha256(chain + row[0]).digest()
    move_chain(tables, state.number, settled, chain)
    note_mark(tables, state.number, settled)


def _verify(tables: Tables, sessions: int) -> None:
    """Add up a sample of the sessions anew. Raises RuntimeError where it comes to something else."""
    last = tables.execute("SELECT max(session_id) FROM sessions").fetchone()[0]
    sample = random.Random(1).sample(range(1, last + 1), sessions)  # noqa: S311
    for session_id in sample:
        item_id, kind, boot, opened_ms, *told, content = tables.execute(
            "SELECT s.item_id, kind, boot_id, opened_ms, opened_utc_ms - opened_ms,"
            " s.played_ms, s.covered_ms, s.effective_ms, content"
            " FROM sessions s JOIN records r USING (epoch_no, seq) WHERE s.session_id = ?",
            [session_id],
        ).fetchone()
        record = record_of(content)
        w = watched(tables, session_id, item_id, Kind(kind))
        anchor = best_anchor(anchors_of(tables, boot), boot)
        offset_ms = None if anchor is None else anchor.offset_ms
        found = [offset_ms, w.facts.played_ms, w.facts.covered_ms, w.verdict.effective_ms]
        same = isinstance(record, StudyRecord) and (
            (record.boot, record.opened_ms) == (boot, opened_ms)
            and (record.played_ms, record.covered) == (w.facts.played_ms, w.facts.covered)
            and check(record) is None
        )
        if not same or found != told:
            raise RuntimeError(f"session {session_id} is not what the store would have written: {record}")
