"""Anchors: what ties a boot's monotonic clock to the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from study.units import BootId, Milliseconds, MonotonicMs

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

EARLIEST, LATEST = datetime(2010, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""A clock that tells a time outside is wrong: before, no station of the kind was open."""


class AnchorSource(StrEnum):
    """Who told the time."""

    PLATFORM = "platform"
    NTP = "ntp"
    PHONE = "phone"
    USB = "usb"
    """A receipt on a stick: when it was written, so that it is later now; nobody knows how much."""

    @property
    def trust(self) -> int:
        """A telling of lesser trust never contradicts a better one of the same boot; 0 dates nothing."""
        return _TRUST[self]


_TRUST = {
    AnchorSource.PLATFORM: 3,
    AnchorSource.NTP: 2,
    AnchorSource.PHONE: 1,
    AnchorSource.USB: 0,
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """At `mono_ms` of `boot` it was `utc_ms`, give or take `error_ms`."""

    boot: BootId
    mono_ms: MonotonicMs
    utc_ms: int
    """Milliseconds since 1970-01-01 UTC."""
    error_ms: Milliseconds
    source: AnchorSource

    @property
    def offset_ms(self) -> int:
        """What to add to a monotonic time of the boot to have milliseconds since 1970."""
        return self.utc_ms - self.mono_ms

    @property
    def error_s(self) -> float:
        """`error_ms` in seconds as a person is told: rounded up to a tenth, for a bound must hold."""
        return -(-max(self.error_ms, 1) // 100) / 10

    def at(self, mono_ms: MonotonicMs) -> datetime:
        """The moment of `mono_ms` in this anchor's boot."""
        return from_utc_ms(mono_ms + self.offset_ms)


def best_anchor(anchors: Iterable[Anchor], boot: BootId) -> Anchor | None:
    """The boot's last anchor of the highest trust; None without one. The order of arrival never matters.

    A boot is given another anchor only by a telling that is much better, or that contradicts the
    last: then the clock that told the time was wrong and has been put right, or this one drifted.
    """
    own = (anchor for anchor in anchors if anchor.boot == boot and anchor.source.trust)
    return max(own, key=lambda a: (a.source.trust, a.mono_ms, -a.error_ms, -a.utc_ms), default=None)


def floor_of(anchors: Iterable[Anchor], boot: BootId) -> int | None:
    """The moment, in milliseconds since 1970, before which the boot did not begin; None if nothing tells."""
    own = (anchor for anchor in anchors if anchor.boot == boot and not anchor.source.trust)
    return max((anchor.offset_ms - anchor.error_ms for anchor in own), default=None)


def from_utc_ms(utc_ms: int) -> datetime:
    """An aware moment. Raises OverflowError outside the years 1 to 9999."""
    return _EPOCH + timedelta(milliseconds=utc_ms)


def to_utc_ms(at: datetime) -> int:
    """Whole milliseconds since 1970-01-01 UTC of an aware moment."""
    return (at - _EPOCH) // timedelta(milliseconds=1)
