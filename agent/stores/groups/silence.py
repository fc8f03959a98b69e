"""Silence: a group study that nobody ended ends when it was last heard of."""

from typing import Any

from sqlite_utils import Database as Tables

from agent.records.report import Report
from agent.stores.box import boot_ordinal
from agent.stores.dates.moments import utc_ms_of
from agent.stores.groups.group_log import Now, end_group, hear, is_worn_out, open_group
from study.units import HOUR_MS, MINUTE_MS, BootId, MonotonicMs

SILENT_MS = 3 * HOUR_MS
"""Longer than a film may play on without a key, and than any pause of an evening."""
_DISCUSSING = (
    "SELECT start_ms, heard_ms FROM group_discussions d JOIN groups g USING (group_id)"
    " WHERE group_id = ? AND d.boot_id = ? AND heard_boot_id = d.boot_id AND open = 1 AND ended_ms IS NULL"
)
GONE_MS = HOUR_MS
"""After a restart a group study that is to go on does so sooner than this."""


def hear_report(tables: Tables, report: Report) -> None:
    """While the television tells of plays, a group study in front of it goes on.

    Not one that was silent for longer than any pause: whoever plays something the next day is another room.
    Nor one that has gone over as many boots as a record holds.
    """
    group = open_group(tables, report.terminal)
    if group is None or not report.plays:
        return
    now = Now(report.boot_id, MonotonicMs(report.at_ms))
    if _was_silent(tables, group, now) or is_worn_out(tables, group, now):
        return
    told = boot_ordinal(tables, report.boot_id), report.at_ms
    if told > (boot_ordinal(tables, group["heard_boot_id"]), group["heard_ms"]):
        hear(tables, group["group_id"], now)


def is_discussion_due(tables: Tables, group_id: int, now: Now) -> bool:
    """Whether what is talked over is to be heard again: nobody presses a key, but a television shows it.

    Once a minute, and for no longer than any pause of an evening.
    """
    row = tables.execute(_DISCUSSING, [group_id, now.boot]).fetchone()
    return row is not None and bool(now.ms - row[0] < SILENT_MS and now.ms - row[1] >= MINUTE_MS)


def _was_silent(tables: Tables, group: dict[str, Any], now: Now) -> bool:
    """Over a power cut only where both moments have a date."""
    if group["heard_boot_id"] == now.boot:
        return bool(now.ms - group["heard_ms"] >= SILENT_MS)
    heard_utc_ms = utc_ms_of(tables, group["heard_boot_id"], group["heard_ms"])
    now_utc_ms = utc_ms_of(tables, now.boot, now.ms)
    return heard_utc_ms is not None and now_utc_ms is not None and now_utc_ms - heard_utc_ms >= SILENT_MS


def silent_groups(
    tables: Tables, boot: BootId, now_ms: MonotonicMs, started_ms: MonotonicMs
) -> list[tuple[int, Now]]:
    """Those long unheard of, each with the moment when it last was.

    ```
    last heard ─┤ power cut ├─ started ── GONE_MS ──▶ ends at “last heard”
    last heard ───────────────── SILENT_MS ─────────▶ the same
    ```
    """
    rows = tables.execute(
        "SELECT group_id, heard_boot_id, heard_ms FROM groups WHERE ended_ms IS NULL AND"
        " CASE WHEN heard_boot_id = ? THEN heard_ms + ? <= ? ELSE ? + ? <= ? END",
        [boot, SILENT_MS, now_ms, started_ms, GONE_MS, now_ms],
    ).fetchall()
    return [(row[0], Now(BootId(row[1]), MonotonicMs(row[2]))) for row in rows]


def end_silent(tables: Tables, boot: BootId, now_ms: MonotonicMs, started_ms: MonotonicMs) -> list[int]:
    """End the silent ones at the moment when they were last heard of; their numbers."""
    gone = silent_groups(tables, boot, now_ms, started_ms)
    for group_id, heard in gone:
        end_group(tables, group_id, Now(boot, now_ms), heard)
    return [group_id for group_id, _ in gone]
