"""The reminder that is to be shown now."""

from collections.abc import Collection
from dataclasses import dataclass

from study.guide_api import ReminderEntry, RemindersReply
from study.units import MINUTE_MS, ItemId
from tvclient.state.guide_words import time_text
from tvclient.words import _


@dataclass(frozen=True, slots=True)
class DueReminder:
    """What is asked, and what is opened; `item_id` is what to forget once it was answered."""

    item_id: ItemId
    channel_id: ItemId | None
    """None for a channel that is not offered any more."""
    title: str
    words: str


def due_reminder(reply: RemindersReply, put_off: Collection[str]) -> DueReminder | None:
    """The first that is due and was not put off on this television; None for none.

    The agent says what is due: by the time that it trusts, not by any clock of the television's.
    """
    now_ms = reply["now_utc_ms"]
    due = (each for each in reply["reminders"] if each["due"] and each["item_id"] not in put_off)
    found = next(due, None)
    if found is None or now_ms is None:
        return None
    is_offered = found["number"] is not None
    return DueReminder(
        item_id=ItemId(found["item_id"]),
        channel_id=ItemId(found["channel_id"]) if is_offered else None,
        title=found["title"],
        words=_words(found, now_ms),
    )


def is_due(reply: RemindersReply, item_id: ItemId) -> bool:
    """Whether this one still is, put off or not."""
    return any(each["due"] and each["item_id"] == item_id for each in reply["reminders"])


def _words(found: ReminderEntry, now_ms: int) -> str:
    if found["number"] is None:
        return _("这个频道已经不在频道表里，不能收看")
    channel = f"{found['number']} {found['channel']}"
    minutes = -(-(found["starts_utc_ms"] - now_ms) // MINUTE_MS)
    if minutes > 0:
        return _("{} 分钟后在“{}”开始，现在去看吗？").format(minutes, channel)
    return _("{} 已在“{}”开始，现在去看吗？").format(time_text(found["starts_utc_ms"]), channel)
