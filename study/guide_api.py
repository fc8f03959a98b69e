"""What television and agent say to each other of channels, programmes and reminders over loopback."""

from typing import TypedDict

from study.units import MINUTE_MS

CHANNELS = "/v1/channels"
GUIDE = "/v1/guide"
HALF_HOUR_MS = 30 * MINUTE_MS
PAST_MS = 15 * MINUTE_MS
"""So much of what is past is shown at least: whoever comes in wants to know what is on since when."""
GUIDE_SOURCES = "/v1/guide/sources"
REMINDERS = "/v1/reminders"


def guide_begins_ms(now_utc_ms: int) -> int:
    """Where the guide begins, in milliseconds since 1970: a half-hour, PAST_MS or more ago."""
    past_ms = now_utc_ms - PAST_MS
    return past_ms - past_ms % HALF_HOUR_MS


class ProgrammeEntry(TypedDict):
    """A programme of a channel; times in milliseconds since 1970."""

    item_id: str
    """"L1@1795345200": the channel and the start in seconds."""
    title: str
    about: str
    starts_utc_ms: int
    ends_utc_ms: int


class ChannelEntry(TypedDict):
    """A channel with what is on it and what comes next; None where the guide or the clock do not say."""

    channel_id: str
    number: int
    title: str
    group: str
    has_guide: bool
    now: ProgrammeEntry | None
    next: ProgrammeEntry | None


class ChannelsReply(TypedDict):
    """Some of the channels, by number."""

    now_utc_ms: int | None
    """The trustworthy time; None while there is none, and then nobody knows what is on."""
    first: int
    """How many channels come before these."""
    total: int
    channels: list[ChannelEntry]


class GuideRow(TypedDict):
    """A channel with its programmes in a window, in order, none over another; between them may be gaps."""

    channel_id: str
    number: int
    title: str
    group: str
    has_guide: bool
    programmes: list[ProgrammeEntry]


class GuideReply(TypedDict):
    """A window of the guide: some channels, by number, and some hours."""

    now_utc_ms: int | None
    """The trustworthy time; None while there is none."""
    from_utc_ms: int | None
    """None where neither the caller nor a clock says when: then there are no programmes."""
    to_utc_ms: int | None
    first: int
    total: int
    rows: list[GuideRow]


class GuideSourceEntry(TypedDict):
    """A list of channels or a guide that the operator named."""

    source: str
    kind: str
    """"channels" or "programmes"."""
    taken: bool
    channels: int
    programmes: int
    from_utc_ms: int | None
    to_utc_ms: int | None
    trouble: str
    """Why it was not taken when it was last read; empty for nothing."""


class GuideSourcesReply(TypedDict):
    """All of them, in the order of the settings."""

    sources: list[GuideSourceEntry]


class ReminderEntry(TypedDict):
    """A programme somebody wants to be reminded of."""

    item_id: str
    channel_id: str
    number: int | None
    """None for a channel that is not offered any more."""
    channel: str
    title: str
    starts_utc_ms: int
    ends_utc_ms: int
    due: bool
    """It begins within a minute or two, or has begun; never while no clock can say."""


class RemindersReply(TypedDict):
    """Those of programmes that are not over, the next one first."""

    now_utc_ms: int | None
    reminders: list[ReminderEntry]
