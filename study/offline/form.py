"""The fields of a record of offline study as they are hashed, kept and sent."""

from typing import Any

from study.document import text, whole
from study.offline.record import OfflineRecord
from study.units import BootId, Seq

_ATTENDEES_MAX = 500


def fields_of(record: OfflineRecord) -> list[Any]:
    """What `of_fields` makes a record of again; its number is the first."""
    r = record
    registered = [r.boot, r.boot_ordinal, r.opened_ms]
    held = [r.kind, r.title, r.place, r.day, r.begins, r.minutes]
    return [r.seq, *registered, *held, r.facilitator, list(r.attendees), r.replaces, r.reason]


def of_fields(fields: list[Any]) -> OfflineRecord:
    """The record that `fields_of` took apart. Raises ValueError or TypeError for anything else."""
    seq, boot, ordinal, opened_ms, *held, facilitator, attendees, replaces, reason = fields
    kind, title, place, day, begins, minutes = held
    if not isinstance(attendees, list) or len(attendees) > _ATTENDEES_MAX:
        raise ValueError(f"a list of at most {_ATTENDEES_MAX} is expected")
    return OfflineRecord(
        seq=Seq(whole(seq)),
        boot=BootId(text(boot)),
        boot_ordinal=whole(ordinal),
        opened_ms=whole(opened_ms),
        kind=text(kind),
        title=text(title),
        place=text(place),
        day=text(day),
        begins=text(begins),
        minutes=whole(minutes),
        facilitator=text(facilitator),
        attendees=tuple(text(name) for name in attendees),
        replaces=None if replaces is None else Seq(whole(replaces)),
        reason=text(reason),
    )
