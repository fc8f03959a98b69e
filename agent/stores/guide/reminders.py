"""Reminders of programmes, kept until these are over."""

from dataclasses import dataclass

from sqlite_utils import Database as Tables

from agent.records.programme import Programme
from agent.stores.guide.line_up import Channel
from study.course import channel_of, programme_id
from study.units import MINUTE_MS, ItemId

REMINDERS_MAX = 100
DUE_BEFORE_MS = 2 * MINUTE_MS
"""Time to sit down and find the remote control."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Of one programme; title and times are as when it was set."""

    item_id: ItemId
    title: str
    starts_utc_ms: int
    ends_utc_ms: int

    @property
    def channel_id(self) -> ItemId:
        return channel_of(self.item_id)

    def is_due(self, now_utc_ms: int | None) -> bool:
        """Whether somebody should be told now; what is over nobody needs to hear of."""
        if now_utc_ms is None:
            return False
        return self.starts_utc_ms - DUE_BEFORE_MS <= now_utc_ms < self.ends_utc_ms


def reminders(tables: Tables, now_utc_ms: int | None) -> list[Reminder]:
    """Those of programmes that were not to be over by now; all of them where no clock can say.

    By the time that the anchors tell, so that a wall clock that jumps moves nothing.
    """
    rows = tables.execute(
        "SELECT item_id, title, starts_utc_ms, ends_utc_ms FROM reminders WHERE ends_utc_ms > ?"
        " ORDER BY starts_utc_ms, item_id",
        [-1 if now_utc_ms is None else now_utc_ms],
    )
    return [Reminder(*row) for row in rows]


def set_reminder(tables: Tables, channel: Channel, programme: Programme, now_utc_ms: int | None) -> bool:
    """Keep one more, once. False where there are too many already; those that are over are let go."""
    if now_utc_ms is not None:
        tables.execute("DELETE FROM reminders WHERE ends_utc_ms <= ?", [now_utc_ms])
    [count] = tables.execute("SELECT count(*) FROM reminders").fetchone()
    if count >= REMINDERS_MAX:
        return False
    item_id = programme_id(channel.channel_id, programme.start_ms)
    tables.execute(
        "INSERT OR REPLACE INTO reminders VALUES (?, ?, ?, ?)",
        [item_id, programme.title, programme.start_ms, programme.stop_ms],
    )
    return True


def delete_reminder(tables: Tables, item_id: ItemId) -> None:
    """Forget one, if it is there."""
    tables.execute("DELETE FROM reminders WHERE item_id = ?", [item_id])
