"""Beginnings: the session that an opening goes on with, or begins."""

from typing import Any

from sqlite_utils import Database as Tables

from agent.stores.dates.moments import utc_ms_of
from agent.stores.rows import one_row
from agent.stores.sessions.closing import is_sealed
from study.rules import Kind
from study.session import goes_on
from study.units import BootId, ItemId, MonotonicMs


def session_going_on(
    tables: Tables, screen: str, item_id: ItemId, boot: BootId, opened_ms: MonotonicMs
) -> dict[str, Any] | None:
    """The session that an opening at `opened_ms` goes on with; None when a new one begins."""
    last = one_row(
        tables,
        # One that ended without any watching has nothing to go on with: it may have been joined to another.
        "SELECT * FROM sessions WHERE screen = ? AND item_id = ? AND (played_ms > 0 OR open = 1)"
        " ORDER BY session_id DESC LIMIT 1",
        [screen, item_id],
    )
    if last is None or is_sealed(tables, last):
        return None
    return last if goes_on(Kind(last["kind"]), item_id, gap_ms(tables, last, boot, opened_ms)) else None


def begin_session(
    tables: Tables, screen: str, item_id: ItemId, kind: Kind, boot: BootId, opened_ms: MonotonicMs
) -> int:
    """A session in which nothing has been watched yet; its number."""
    cursor = tables.execute(
        "INSERT INTO sessions (screen, item_id, kind, boot_id, opened_ms, opened_utc_ms, last_boot_id,"
        " last_ms, length_ms, played_ms, covered_ms, effective_ms, why, open)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 'not_played', 1)",
        [screen, item_id, kind, boot, opened_ms, utc_ms_of(tables, boot, opened_ms), boot, opened_ms],
    )
    return int(cursor.lastrowid or 0)


def gap_ms(tables: Tables, last: dict[str, Any], boot: BootId, opened_ms: MonotonicMs) -> int | None:
    """From the last report of the session `last` to an opening; None where no clock can say."""
    if last["last_boot_id"] == boot:
        return int(opened_ms - last["last_ms"])
    before = utc_ms_of(tables, last["last_boot_id"], last["last_ms"])
    after = utc_ms_of(tables, boot, opened_ms)
    if before is None or after is None or after < before:
        return None
    return after - before
