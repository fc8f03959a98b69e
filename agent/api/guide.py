"""The guide: channels with what is on, a window of programmes, and where it all comes from."""

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
    channel_count,
    channels,
    list_validators,
    listed_count,
    place_of_number,
)
from study.course import programme_id
from study.guide_api import (
    ChannelEntry,
    ChannelsReply,
    GuideReply,
    GuideRow,
    GuideSourceEntry,
    GuideSourcesReply,
    ProgrammeEntry,
    guide_begins_ms,
)
from study.units import HOUR_MS

ROWS_MAX = 50
CHANNELS_MAX = 500
"""In one answer."""
SPAN_MS = 3 * HOUR_MS
SPAN_MS_MAX = 24 * HOUR_MS


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
    """Channels × time. Without `from_ms` it begins as the guide does, without `to_ms` three hours.

    Raises ApiError 422 for a window that ends before it begins, or is longer than a day.
    """
    with parts.database.reading() as tables:
        now_ms = _now_ms(tables, parts.clock)
        found, total = channels(tables, first, count), channel_count(tables)
    if from_ms is None and now_ms is not None:
        from_ms = guide_begins_ms(now_ms)
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
