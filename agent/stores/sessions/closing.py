"""Closing: sessions whose plays have all ended become records in the outbox."""

import logging
from dataclasses import replace
from typing import Any

from sqlite_utils import Database as Tables

from agent.stores.box import boot_ordinal, see_boot
from agent.stores.delivery.epochs import current, take_seq
from agent.stores.delivery.outbox import put_record, record_at
from agent.stores.sessions.watching import overlap_of, watched
from study.record import Record, StudyRecord, check
from study.rules import CURRENT, Kind, Terminal
from study.units import BootId, MonotonicMs, Seq

log = logging.getLogger(__name__)

CONTINUED = "continued"

_HELD = (
    "SELECT 1 FROM records WHERE epoch_no = ? AND seq = ?"
    " AND EXISTS (SELECT 1 FROM plays p WHERE p.session_id = ?)"
)


def silent_plays(
    tables: Tables, boot: BootId, now_ms: MonotonicMs, started_ms: MonotonicMs, silent_after_ms: int
) -> list[tuple[str, int]]:
    """(play, session) of televisions that have gone: those of another boot, and those long unheard.

    ```
    last report ─────┤ agent down ├─ started ──── silent_after_ms ────▶ gone
    ```
    After a start of its own the agent listens for a while first: the television may still be there.
    """
    rows = tables.execute(
        "SELECT play_id, session_id FROM plays WHERE open = 1 AND (boot_id <> ? OR max(last_ms, ?) + ? <= ?)",
        [boot, started_ms, silent_after_ms, now_ms],
    )
    return [(row[0], row[1]) for row in rows]


def begin_boot(tables: Tables, boot: BootId) -> int:
    """Note that a boot has begun, before anything is written in it. How many plays were left open before.

    What earlier boots left open ends at its last report.
    """
    rows = tables.execute("SELECT play_id, session_id FROM plays WHERE open = 1 AND boot_id <> ?", [boot])
    left = [(row[0], row[1]) for row in rows]
    close_plays(tables, left)
    see_boot(tables, boot)
    return len(left)


def is_sealed(tables: Tables, session: dict[str, Any]) -> bool:
    """Whether no later record may take its record's place: that is of an earlier epoch, or was corrected.

    Or it was let go, or the plays that it adds up: a later one would say less. That is so long after
    the delivery, or with a clock that is a year ahead.
    """
    if session["correction"]:
        return True
    if session["seq"] is None:
        return False
    if session["epoch_no"] != current(tables).number:
        return True
    place = [session["epoch_no"], session["seq"], session["session_id"]]
    return tables.execute(_HELD, place).fetchone() is None


def close_plays(tables: Tables, plays: list[tuple[str, int]]) -> None:
    """End plays at their last report, and the sessions that have none left."""
    for play_id, _ in plays:
        tables.execute("UPDATE plays SET open = 0 WHERE play_id = ?", [play_id])
    for session_id in sorted({session_id for _, session_id in plays}):
        close_session_if_all_left(tables, session_id)


def close_session_if_all_left(tables: Tables, session_id: int) -> None:
    """Make a session whose plays have all ended a record; nothing while one goes on."""
    still_open = tables.execute(
        "SELECT 1 FROM plays WHERE session_id = ? AND open = 1 LIMIT 1", [session_id]
    ).fetchone()
    if still_open is None:
        [row] = tables.query("SELECT * FROM sessions WHERE session_id = ?", [session_id])
        _close(tables, row)


def _close(tables: Tables, row: dict[str, Any]) -> None:
    session_id = row["session_id"]
    if is_sealed(tables, row):
        log.warning("session %s is sealed; what came later of it is left out", session_id)
        tables.execute("UPDATE sessions SET open = 0 WHERE session_id = ?", [session_id])
        return
    earlier = None if row["seq"] is None else record_at(tables, row["epoch_no"], row["seq"])
    record = _record_of(tables, row, earlier)
    if record.played_ms <= 0 or _says_the_same(record, earlier):
        tables.execute("UPDATE sessions SET open = 0 WHERE session_id = ?", [session_id])
        return
    record = replace(record, seq=take_seq(tables))
    if (fault := check(record)) is not None:
        # Kept and sent all the same: the platform sets it aside and an operator sees why.
        log.warning("record %s of session %s: %s", record.seq, session_id, fault.words)
    put_record(tables, record, session_id)
    close_as_told(tables, session_id, current(tables).number, record)


def close_as_told(tables: Tables, session_id: int, epoch_no: int, record: StudyRecord) -> None:
    """A session is closed, and what it shows is what its record says."""
    tables.execute(
        "UPDATE sessions SET open = 0, epoch_no = ?, seq = ?, kind = ?, length_ms = ?, played_ms = ?,"
        " covered_ms = ?, effective_ms = ?, why = ? WHERE session_id = ?",
        [
            epoch_no,
            record.seq,
            record.kind,
            record.length_ms,
            record.played_ms,
            sum(end - start for start, end in record.covered),
            record.effective_ms,
            record.why,
            session_id,
        ],
    )


def _record_of(tables: Tables, row: dict[str, Any], earlier: Record | None) -> StudyRecord:
    # Always the session's first record is replaced, and of those that replace it the last one counts:
    # so a refusal or a loss in between never lets two of a session count.
    first = None if not isinstance(earlier, StudyRecord) else earlier.replaces or earlier.seq
    w = watched(tables, row["session_id"], row["item_id"], Kind(row["kind"]))
    return StudyRecord(
        seq=Seq(0),
        item_id=row["item_id"],
        kind=w.kind,
        terminal=Terminal.TV,
        screen=row["screen"],
        boot=row["boot_id"],
        opened_ms=row["opened_ms"],
        length_ms=w.facts.length_ms,
        played_ms=w.facts.played_ms,
        covered=w.facts.covered,
        overlap_ms=overlap_of(tables, row["session_id"], row["screen"]),
        rule=CURRENT,
        effective_ms=w.verdict.effective_ms,
        why=w.verdict.why,
        replaces=first,
        reason="" if first is None and row["last_boot_id"] == row["boot_id"] else CONTINUED,
        boot_ordinal=boot_ordinal(tables, row["boot_id"]),
    )


def _says_the_same(record: StudyRecord, earlier: Record | None) -> bool:
    """Whether neither what was watched nor what it counts for has changed since the earlier record."""
    return isinstance(earlier, StudyRecord) and record == replace(
        earlier, seq=record.seq, replaces=record.replaces, reason=record.reason
    )
