"""Anchors on the box, and the sessions that they place on the calendar."""

from sqlite_utils import Database as Tables

from agent.records.anchoring import is_worth_a_record
from agent.stores.box import boot_ordinal
from agent.stores.dates.bounding import bound_sessions
from agent.stores.dates.moments import anchors_by_boot, anchors_of
from agent.stores.delivery.epochs import take_seq
from agent.stores.delivery.outbox import put_record
from agent.stores.sessions.rejoining import rejoin
from study.anchor import Anchor, best_anchor
from study.record import AnchorRecord


def add_anchor(tables: Tables, anchor: Anchor) -> bool:
    """Keep an anchor that is worth it, here and as a record in the outbox; place what it can place.

    It dates the sessions of its own boot, and bounds those of neighbours that have no anchor.
    """
    if not is_worth_a_record(anchor, anchors_of(tables, anchor.boot)):
        return False
    record = AnchorRecord(take_seq(tables), anchor, boot_ordinal(tables, anchor.boot))
    tables.execute(
        "INSERT INTO anchors (boot_id, mono_ms, utc_ms, error_ms, source) VALUES (?, ?, ?, ?, ?)",
        [anchor.boot, anchor.mono_ms, anchor.utc_ms, anchor.error_ms, anchor.source],
    )
    put_record(tables, record, session_id=None)
    if anchor.source.trust:
        # It is the boot's best now, or it would not have been worth a record.
        _date(tables, anchor)
        rejoin(tables, anchor.boot)
    bound_sessions(tables)
    return True


def place_all(tables: Tables) -> None:
    """Place every session anew by the anchors that are held, for a database that was put together."""
    for boot, anchors in anchors_by_boot(tables).items():
        best = best_anchor(anchors, boot)
        if best is not None:
            _date(tables, best)
    bound_sessions(tables)


def _date(tables: Tables, best: Anchor) -> None:
    tables.execute(
        "UPDATE sessions SET opened_utc_ms = opened_ms + ?, month = NULL WHERE boot_id = ?",
        [best.offset_ms, best.boot],
    )
