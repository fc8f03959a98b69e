"""Reminders, at the times that the guide tells by now."""

from dataclasses import replace

from agent.api.parts import Parts
from agent.errors import ApiError
from agent.stores.dates.moments import utc_ms_of
from agent.stores.disk.database import Tables
from agent.stores.guide.guides import Guides
from agent.stores.guide.line_up import Channel, channel
from agent.stores.guide.reminders import REMINDERS_MAX, Reminder, reminders, set_reminder
from study.course import channel_of, programme_start_ms
from study.guide_api import ReminderEntry, RemindersReply
from study.units import HOUR_MS, ItemId

_MOVED_MS = 6 * HOUR_MS
"""A programme of the same title on the same channel, so much earlier or later, is the one that was meant."""


def reminders_reply(parts: Parts) -> RemindersReply:
    """What somebody wants to be reminded of, the next one first."""
    with parts.database.reading() as tables:
        now_ms = _now_ms(parts, tables)
        held = [(each, channel(tables, each.channel_id)) for each in reminders(tables, now_ms)]
    entries = [_entry(_by_now(parts.guides, on, each), on, now_ms) for each, on in held]
    return RemindersReply(
        now_utc_ms=now_ms, reminders=sorted(entries, key=lambda entry: entry["starts_utc_ms"])
    )


def add_reminder(parts: Parts, item_id: ItemId) -> RemindersReply:
    """Raises ApiError 404 for no programme of the guide, 409 for one that is over or one too many."""
    start_ms = programme_start_ms(item_id)
    with parts.database.reading() as tables:
        on = channel(tables, channel_of(item_id))
        now_ms = _now_ms(parts, tables)
    found = None if on is None or start_ms is None else parts.guides.programme(on.keys, start_ms)
    if on is None or found is None:
        raise ApiError(404, "unknown_programme", "节目单里没有这个节目，可能已经更改；请重新打开节目单")
    if now_ms is not None and found.stop_ms <= now_ms:
        raise ApiError(409, "over", "这个节目已经播完，不能再提醒")
    with parts.database.writing() as tables:
        if not set_reminder(tables, on, found, now_ms):
            raise ApiError(409, "too_many", f"提醒最多 {REMINDERS_MAX} 个，请先取消几个")
    return reminders_reply(parts)


def _now_ms(parts: Parts, tables: Tables) -> int | None:
    return utc_ms_of(tables, parts.clock.boot, parts.clock.mono_ms())


def _by_now(guides: Guides, on: Channel | None, reminder: Reminder) -> Reminder:
    """With the times of the guide as it is; what is in it no more keeps the times it was set for."""
    if on is None:
        return reminder
    start_ms = reminder.starts_utc_ms
    near = guides.programmes(on.keys, start_ms - _MOVED_MS, start_ms + _MOVED_MS)
    same = [each for each in near if each.title == reminder.title]
    if not same:
        return reminder
    found = min(same, key=lambda each: abs(each.start_ms - start_ms))
    return replace(reminder, starts_utc_ms=found.start_ms, ends_utc_ms=found.stop_ms)


def _entry(reminder: Reminder, on: Channel | None, now_ms: int | None) -> ReminderEntry:
    return ReminderEntry(
        item_id=reminder.item_id,
        channel_id=reminder.channel_id,
        number=None if on is None or on.is_gone else on.number,
        channel="" if on is None else on.title,
        title=reminder.title,
        starts_utc_ms=reminder.starts_utc_ms,
        ends_utc_ms=reminder.ends_utc_ms,
        due=reminder.is_due(now_ms),
    )
