"""The fields of a group-study record as they are hashed, kept and sent."""

from itertools import chain
from typing import Any

from study.document import whole
from study.group.attendance import Stay, Via
from study.group.hours import Part
from study.group.moment import BootStretch, Moment
from study.group.record import Attendee, GroupRecord
from study.rules import Kind
from study.units import BootId, ItemId, Milliseconds, Seq

ATTENDEES_MAX, PARTS_MAX, BOOTS_MAX = 500, 200, 50
STRETCHES_MAX = 2_000
"""Of one part, or of the discussions."""
_NUMBERS_MAX = 3 * STRETCHES_MAX
_TEXT_MAX = 500


def fields_of(record: GroupRecord) -> list[Any]:
    """What `of_fields` makes a record of again; its number is the first."""
    r = record
    parts = [
        [p.item_id, p.kind, p.session, p.before_ms, p.session_ms, list(chain(*p.stretches))] for p in r.parts
    ]
    people = [[a.pseudonym, a.via, list(chain(*chain(*a.stays))), a.person_ms] for a in r.attendees]
    times = [r.boots, r.opened, r.ended]
    told = [r.kind, r.theme, r.facilitator, parts, list(chain(*r.discussions)), people]
    return [r.seq, r.screen, *times, *told, r.rule, r.effective_ms, r.replaces, r.reason]


def of_fields(fields: list[Any]) -> GroupRecord:
    """The record that `fields_of` took apart. Raises ValueError or TypeError for anything else."""
    seq, screen, boots, opened, ended, *told, rule, effective_ms, replaces, reason = fields
    kind, theme, facilitator, parts, discussions, people = told
    return GroupRecord(
        seq=Seq(whole(seq)),
        screen=_text(screen),
        boots=tuple(
            (BootId(_text(boot)), whole(ordinal)) for boot, ordinal in _at_least_one(boots, BOOTS_MAX)
        ),
        opened=_moment(opened),
        ended=_moment(ended),
        kind=_text(kind),
        theme=_text(theme),
        facilitator=_text(facilitator),
        parts=tuple(_part(*part) for part in _list(parts, PARTS_MAX)),
        discussions=_stretches(discussions),
        attendees=tuple(_attendee(*one) for one in _list(people, ATTENDEES_MAX)),
        rule=_text(rule),
        effective_ms=Milliseconds(whole(effective_ms)),
        replaces=None if replaces is None else Seq(whole(replaces)),
        reason=_text(reason),
    )


def _part(item_id: Any, kind: Any, session: Any, before_ms: Any, session_ms: Any, stretches: Any) -> Part:
    return Part(
        ItemId(_text(item_id)),
        Kind(kind),
        Seq(whole(session)),
        Milliseconds(whole(before_ms)),
        Milliseconds(whole(session_ms)),
        _stretches(stretches),
    )


def _attendee(pseudonym: Any, via: Any, stays: Any, person_ms: Any) -> Attendee:
    moments = [Moment(*edge) for edge in _groups(stays, 2)]
    paired = zip(moments[::2], moments[1::2], strict=True)
    stayed = tuple(Stay(entered, left) for entered, left in paired)
    return Attendee(_text(pseudonym), Via(via), stayed, Milliseconds(whole(person_ms)))


def _moment(value: Any) -> Moment:
    [edge] = _groups(value, 2)
    return Moment(*edge)


def _stretches(value: Any) -> tuple[BootStretch, ...]:
    return tuple(BootStretch(*edges) for edges in _groups(value, 3))


def _groups(value: Any, size: int) -> list[tuple[int, ...]]:
    """Whole numbers, so many at a time."""
    numbers = [whole(number) for number in _list(value, _NUMBERS_MAX)]
    return list(zip(*(numbers[n::size] for n in range(size)), strict=True))


def _at_least_one(value: Any, most: int) -> list[Any]:
    if not (found := _list(value, most)):
        raise ValueError("at least one is expected")
    return found


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError(f"a list of at most {most} is expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _TEXT_MAX:
        raise ValueError("a short text is expected")
    value.encode()  # half a surrogate pair, which JSON can carry, has no bytes to hash or to store
    return value
