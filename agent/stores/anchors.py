"""Anchors on the box, and the sessions that they place on the calendar."""

from sqlite_utils import Database as Tables

from agent.records.anchoring import is_worth_a_record
from agent.stores.box import boot_ordinal
from agent.stores.epochs import take_seq
from agent.stores.outbox import put_record
from study.anchor import Anchor, AnchorSource, best_anchor
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
    record = AnchorRecord(take_seq(tables), anchor, boot_ordinal(tables, anchor.boot))
    tables.execute(
        "INSERT INTO anchors (seq, boot_id, mono_ms, utc_ms, error_ms, source) VALUES (?, ?, ?, ?, ?, ?)",
        [record.seq, anchor.boot, anchor.mono_ms, anchor.utc_ms, anchor.error_ms, anchor.source],
    )
    put_record(tables, record, session_id=None)
    # It is the boot's last now, and so its best.
    tables.execute(
        "UPDATE sessions SET opened_utc_ms = opened_ms + ? WHERE boot_id = ?", [anchor.offset_ms, anchor.boot]
    )
    return True


def utc_ms_of(tables: Tables, boot: BootId, mono_ms: MonotonicMs) -> int | None:
    """The moment in milliseconds since 1970, None while nobody can say."""
    anchor = best_anchor(anchors_of(tables, boot), boot)
    return None if anchor is None else mono_ms + anchor.offset_ms
