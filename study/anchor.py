"""Anchors: what ties a boot's monotonic clock to the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from study.units import BootId, Milliseconds, MonotonicMs

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class AnchorSource(StrEnum):
    """Who told the time."""

    PLATFORM = "platform"
    NTP = "ntp"
    PHONE = "phone"
    USB = "usb"


@dataclass(frozen=True, slots=True)
class Anchor:
    """At `mono_ms` of `boot` it was `utc_ms`, give or take `error_ms`."""

    boot: BootId
    mono_ms: MonotonicMs
    utc_ms: int
    """Milliseconds since 1970-01-01 UTC."""
    error_ms: Milliseconds
    source: AnchorSource


def place(anchors: Iterable[Anchor], boot: BootId, mono_ms: MonotonicMs) -> datetime | None:
    """The moment of `mono_ms` in `boot`, by that boot's best anchor; None (unplaced) without one.

    Best is the smallest error, then the nearest, then the earliest; the order of arrival never matters.
    """
    known = [anchor for anchor in anchors if anchor.boot == boot]
    if not known:
        return None
    best = min(known, key=lambda a: (a.error_ms, abs(a.mono_ms - mono_ms), a.mono_ms, a.utc_ms, a.source))
    return from_utc_ms(best.utc_ms + mono_ms - best.mono_ms)


def from_utc_ms(utc_ms: int) -> datetime:
    """An aware moment. Raises OverflowError outside the years 1 to 9999."""
    return _EPOCH + timedelta(milliseconds=utc_ms)


def to_utc_ms(at: datetime) -> int:
    """Whole milliseconds since 1970-01-01 UTC of an aware moment."""
    return (at - _EPOCH) // timedelta(milliseconds=1)
