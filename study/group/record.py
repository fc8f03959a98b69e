"""Group-study records: what was studied together, by whom, for how long, ready to travel."""

from dataclasses import dataclass

from study.group.attendance import Stay, Via
from study.group.hours import Part
from study.group.moment import BootStretch, Moment
from study.units import BootId, Milliseconds, Seq

Pseudonym = str
"""32 hexadecimal digits; see pseudonym.py. Empty for nobody."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person, when they were in, and the result for them."""

    pseudonym: Pseudonym
    via: Via
    stays: tuple[Stay, ...]
    person_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """One group study that has ended. Immutable; the id is (station, epoch, seq).

    The station's hours are in the records of its viewing sessions, which `parts` name; this one adds none.
    """

    seq: Seq
    screen: str
    boots: tuple[tuple[BootId, int], ...]
    """The boots it went over, in order, each with its ordinal."""
    opened: Moment
    ended: Moment
    kind: str
    theme: str
    facilitator: Pseudonym
    parts: tuple[Part, ...]
    discussions: tuple[BootStretch, ...]
    """Talked over, nothing playing: told, counts no hours."""
    attendees: tuple[Attendee, ...]
    rule: str
    effective_ms: Milliseconds
    replaces: Seq | None = None
    """The earlier record of the same epoch that this one takes the place of."""
    reason: str = ""
    """Why it replaces: "continued", or "corrected" with who did it and why."""

    @property
    def boot(self) -> BootId:
        """Of its opening, which is what places it on the calendar."""
        return self.boots[0][0]

    @property
    def boot_ordinal(self) -> int:
        return self.boots[0][1]

    @property
    def opened_ms(self) -> int:
        return self.opened.ms
