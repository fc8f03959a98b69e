"""Anchors on the box, and the sessions that they place on the calendar."""

from sqlite_utils import Database as Tables

from agent.records.anchoring import is_worth_a_record
from agent.stores.box import take_seq
from agent.stores.outbox import put_record
from study.anchor import Anchor, AnchorSource, place, to_utc_ms
from study.record import AnchorRecord
from study.units import BootId, MonotonicMs


def anchors_of(tables: Tables, boot: BootId) -> list[Anchor]:
    """A boot's anchors."""
    rows = tables.query("SELECT * FROM anchors WHERE boot_id = ?", [boot])
    return [
        Anchor(row["boot_id"], row["mono_ms"], row["utc_ms"], row["error_ms"], AnchorSource(row["source"]))
        for row in rows
    ]


def add_anchor(tables: Tables, anchor: Anchor) -> bool:
    """Keep an anchor that is worth it, here and as a record in the outbox; place its boot's sessions."""
    if not is_worth_a_record(anchor, anchors_of(tables, anchor.boot)):
        return False
    record = AnchorRecord(take_seq(tables), anchor)
    tables.execute(
        "INSERT INTO anchors (seq, boot_id, mono_ms, utc_ms, error_ms, source) VALUES (?, ?, ?, ?, ?, ?)",
        [record.seq, anchor.boot, anchor.mono_ms, anchor.utc_ms, anchor.error_ms, anchor.source],
    )
    put_record(tables, record, session_id=None)
    _place_sessions(tables, anchor.boot)
    return True


def utc_ms_of(tables: Tables, boot: BootId, mono_ms: MonotonicMs) -> int | None:
    """The moment in milliseconds since 1970, None while nobody can say."""
    placed = place(anchors_of(tables, boot), boot, mono_ms)
    return None if placed is None else to_utc_ms(placed)


def _place_sessions(tables: Tables, boot: BootId) -> None:
    anchors = anchors_of(tables, boot)
    rows = tables.execute("SELECT session_id, opened_ms FROM sessions WHERE boot_id = ?", [boot]).fetchall()
    for session_id, opened_ms in rows:
        placed = place(anchors, boot, opened_ms)
        utc_ms = None if placed is None else to_utc_ms(placed)
        tables.execute("UPDATE sessions SET opened_utc_ms = ? WHERE session_id = ?", [utc_ms, session_id])
