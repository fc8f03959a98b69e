"""The guide: channels with what is on, a window of programmes, reminders, and where it all comes from."""

from collections.abc import Mapping

from agent.api.parts import Parts
from agent.clock import Clock
from agent.errors import ApiError
from agent.records.programme import Programme
from agent.settings import Settings
from agent.stores.dates.moments import utc_ms_of
from agent.stores.disk.database import Tables
from agent.stores.guide.guides import Guides
from agent.stores.guide.line_up import (
    Channel,
    channel,
    channel_count,
    channels,
    list_validators,
    listed_count,
    place_of_number,
)
from agent.stores.guide.reminders import REMINDERS_MAX, Reminder, reminders, set_reminder
from study.course import channel_of, programme_id, programme_start_ms
from study.guide_api import (
    ChannelEntry,
    ChannelsReply,
    GuideReply,
    GuideRow,
    GuideSourceEntry,
    GuideSourcesReply,
    ProgrammeEntry,
    ReminderEntry,
    RemindersReply,
)
from study.units import HOUR_MS, ItemId

ROWS_MAX = 50
CHANNELS_MAX = 500
"""In one answer."""
SPAN_MS = 3 * HOUR_MS
SPAN_MS_MAX = 24 * HOUR_MS
_HALF_HOUR_MS = HOUR_MS // 2


def channels_reply(parts: Parts, first: int, count: int) -> ChannelsReply:
    """At most `count` channels by number, after the `first` ones."""
    with parts.database.reading() as tables:
        now_ms = _now_ms(tables, parts.clock)
        found, total = channels(tables, first, count), channel_count(tables)
    entries = [_channel_entry(parts.guides, each, now_ms) for each in found]
    return ChannelsReply(now_utc_ms=now_ms, first=first, total=total, channels=entries)


def first_with(parts: Parts, number: int) -> int:
    """How many channels come before this number."""
    with parts.database.reading() as tables:
        return place_of_number(tables, number)


def guide_reply(parts: Parts, first: int, count: int, from_ms: int | None, to_ms: int | None) -> GuideReply:
    """Channels × time. Without `from_ms` it is the half-hour that is under way, without `to_ms` three hours.

    Raises ApiError 422 for a window that ends before it begins, or is longer than a day.
    """
    with parts.database.reading() as tables:
        now_ms = _now_ms(tables, parts.clock)
        found, total = channels(tables, first, count), channel_count(tables)
    if from_ms is None and now_ms is not None:
        from_ms = now_ms - now_ms % _HALF_HOUR_MS
    if to_ms is None and from_ms is not None:
        to_ms = from_ms + SPAN_MS
    if from_ms is not None and to_ms is not None and not 0 < to_ms - from_ms <= SPAN_MS_MAX:
        raise ApiError(422, "bad_window", "节目单的时间段不对，最多可看 24 小时")
    return GuideReply(
        now_utc_ms=now_ms,
        from_utc_ms=from_ms,
        to_utc_ms=None if from_ms is None else to_ms,
        first=first,
        total=total,
        rows=[_row(parts.guides, each, from_ms, to_ms) for each in found],
    )


def reminders_reply(parts: Parts) -> RemindersReply:
    """What somebody wants to be reminded of."""
    with parts.database.reading() as tables:
        now_ms = _now_ms(tables, parts.clock)
        entries = [_reminder_entry(tables, each, now_ms) for each in reminders(tables, now_ms)]
    return RemindersReply(now_utc_ms=now_ms, reminders=entries)


def add_reminder(parts: Parts, item_id: ItemId) -> RemindersReply:
    """Raises ApiError 404 for no programme of the guide, 409 for one that is over or one too many."""
    start_ms = programme_start_ms(item_id)
    with parts.database.reading() as tables:
        on = channel(tables, channel_of(item_id))
        now_ms = _now_ms(tables, parts.clock)
    found = None if on is None or start_ms is None else parts.guides.programme(on.keys, start_ms)
    if on is None or found is None:
        raise ApiError(404, "unknown_programme", "节目单里没有这个节目，可能已经更改；请重新打开节目单")
    if now_ms is not None and found.stop_ms <= now_ms:
        raise ApiError(409, "over", "这个节目已经播完，不能再提醒")
    with parts.database.writing() as tables:
        if not set_reminder(tables, on, found, now_ms):
            raise ApiError(409, "too_many", f"提醒最多 {REMINDERS_MAX} 个，请先取消几个")
    return reminders_reply(parts)


def sources_reply(
    tables: Tables, guides: Guides, settings: Settings, troubles: Mapping[str, str]
) -> GuideSourcesReply:
    """The operator's lists and guides, and how far they were taken."""
    lists = [_list_entry(tables, source, troubles) for source in settings.channel_lists]
    told = [_guide_entry(guides, source, troubles) for source in settings.programme_guides]
    return GuideSourcesReply(sources=[*lists, *told])


def _now_ms(tables: Tables, clock: Clock) -> int | None:
    return utc_ms_of(tables, clock.boot, clock.mono_ms())


def _channel_entry(guides: Guides, on: Channel, now_ms: int | None) -> ChannelEntry:
    now, following = (None, None) if now_ms is None else guides.now_and_next(on.keys, now_ms)
    return ChannelEntry(
        channel_id=on.channel_id,
        number=on.number,
        title=on.title,
        group=on.group,
        has_guide=now is not None or following is not None or guides.knows(on.keys),
        now=None if now is None else _entry(on, now),
        next=None if following is None else _entry(on, following),
    )


def _row(guides: Guides, on: Channel, from_ms: int | None, to_ms: int | None) -> GuideRow:
    is_known = from_ms is not None and to_ms is not None
    found = guides.programmes(on.keys, from_ms or 0, to_ms or 0) if is_known else []
    return GuideRow(
        channel_id=on.channel_id,
        number=on.number,
        title=on.title,
        group=on.group,
        has_guide=bool(found) or guides.knows(on.keys),
        programmes=[_entry(on, each) for each in found],
    )


def _entry(on: Channel, programme: Programme) -> ProgrammeEntry:
    return ProgrammeEntry(
        item_id=programme_id(on.channel_id, programme.start_ms),
        title=programme.title,
        about=programme.about,
        starts_utc_ms=programme.start_ms,
        ends_utc_ms=programme.stop_ms,
    )


def _reminder_entry(tables: Tables, reminder: Reminder, now_ms: int | None) -> ReminderEntry:
    on = channel(tables, reminder.channel_id)
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


def _list_entry(tables: Tables, source: str, troubles: Mapping[str, str]) -> GuideSourceEntry:
    return GuideSourceEntry(
        source=source,
        kind="channels",
        taken=list_validators(tables, source) is not None,
        channels=listed_count(tables, source),
        programmes=0,
        from_utc_ms=None,
        to_utc_ms=None,
        trouble=troubles.get(source, ""),
    )


def _guide_entry(guides: Guides, source: str, troubles: Mapping[str, str]) -> GuideSourceEntry:
    facts = guides.facts(source)
    return GuideSourceEntry(
        source=source,
        kind="programmes",
        taken=facts is not None,
        channels=0 if facts is None else facts.channels,
        programmes=0 if facts is None else facts.programmes,
        from_utc_ms=None if facts is None else facts.window.from_ms,
        to_utc_ms=None if facts is None else facts.window.to_ms,
        trouble=troubles.get(source, ""),
    )
