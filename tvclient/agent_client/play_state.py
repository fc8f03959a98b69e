"""One opening of the player as the television knows it at one moment."""

from dataclasses import dataclass

from study.local_api import IntervalEntry
from study.rules import Kind
from study.units import ItemId, Milliseconds, MonotonicMs, PlayId
from study.watch import WatchInterval

NOTHING_MS = Milliseconds(0)


@dataclass(frozen=True, slots=True)
class PlayState:
    """`intervals` are numbered by their place; from one state to the next they only grow or are added to.

    `left_ms` is None while the player is open; `length_ms` is the length as the player saw it.
    """

    play_id: PlayId
    item_id: ItemId
    kind: Kind
    opened_ms: MonotonicMs
    left_ms: MonotonicMs | None = None
    position_ms: Milliseconds = NOTHING_MS
    length_ms: Milliseconds | None = None
    intervals: tuple[WatchInterval, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the agent makes of the session a play belongs to.

    `earlier_ms` was played in the same session before this play; the rest is the agent's own sum. It is
    negative where a part of the play belongs to an earlier session, as of a programme that is over.
    """

    play_id: PlayId
    session_id: str
    earlier_ms: Milliseconds
    effective_ms: Milliseconds
    counted: bool


def interval_body(number: int, interval: WatchInterval) -> IntervalEntry:
    """The interval as it stands in a report; the boot is told once, by the report."""
    return {
        "n": number,
        "start_ms": interval.start_ms,
        "end_ms": interval.end_ms,
        "media_start_ms": interval.media_start_ms,
        "media_end_ms": interval.media_end_ms,
        "rate": interval.rate,
    }
