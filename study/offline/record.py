"""Records of offline study: a lecture that was held without the box, as its station registers it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from study.group.record import Pseudonym
from study.month import SHANGHAI
from study.units import MINUTE_MS, BootId, Milliseconds, Seq

MINUTES_MAX = 8 * 60
"""A day of lectures with its breaks; what went on longer is registered day by day."""
TITLE_MAX, PLACE_MAX = 60, 40
"""Characters."""


@dataclass(frozen=True, slots=True)
class OfflineRecord:
    """One registration. Immutable; the id is (station, epoch, seq).

    It counts only once the level above has approved exactly this record. Amended, it is registered again
    with the same `boot` and `opened_ms`, and waits again; withdrawn, it has no minutes and no attendees.
    """

    seq: Seq
    boot: BootId
    boot_ordinal: int
    opened_ms: int
    """When it was first registered, CLOCK_BOOTTIME of that boot: no other one has the same."""
    kind: str
    title: str
    place: str
    day: str
    """"2026-11-20", the station's calendar, as who registers it says."""
    begins: str
    """"19:30"."""
    minutes: int
    facilitator: Pseudonym
    attendees: tuple[Pseudonym, ...]
    replaces: Seq | None = None
    """The earlier record of the same epoch that this one takes the place of."""
    reason: str = ""
    """Why it replaces: "corrected" with who did it and why."""

    @property
    def is_withdrawn(self) -> bool:
        return self.minutes == 0

    @property
    def held_ms(self) -> Milliseconds:
        """How long it took."""
        return Milliseconds(self.minutes * MINUTE_MS)

    @property
    def person_ms(self) -> Milliseconds:
        """Of all attendees together."""
        return Milliseconds(self.held_ms * len(self.attendees))

    @property
    def began_at(self) -> datetime:
        """Raises ValueError for a day or time that there is not."""
        day = datetime.strptime(self.day, "%Y-%m-%d").replace(tzinfo=UTC).date()
        return datetime.combine(day, time.fromisoformat(self.begins), SHANGHAI)

    @property
    def ended_at(self) -> datetime:
        return self.began_at + timedelta(minutes=self.minutes)
