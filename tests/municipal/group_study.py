"""A group study as a box records it, over the sessions of tests/municipal/box.py."""

from dataclasses import replace
from typing import Any

from study.group.attendance import Stay, Via, present_ms
from study.group.hours import Part, all_effective, effective_ms
from study.group.moment import BootStretch, Moment
from study.group.pseudonym import pseudonym
from study.group.record import Attendee, GroupRecord
from study.record import StudyRecord
from study.rules import CURRENT
from study.units import BootId, Milliseconds, Seq
from tests.municipal.box import BOOT, MINUTE

LEFT_EARLY_MS = 10 * MINUTE
NAMES = tuple(pseudonym(b"k" * 32, f"card {n}") for n in range(40))


def group(
    seq: int, *sessions: StudyRecord, people: int = 3, boot: BootId = BOOT, **changes: Any
) -> GroupRecord:
    """All sessions from beginning to end; the last of the people leaves after ten minutes."""
    opened_ms = min(session.opened_ms for session in sessions)
    ended = Moment(0, max(session.opened_ms + session.played_ms for session in sessions))
    parts = tuple(_part(session) for session in sessions)
    effective = all_effective(parts)
    whole = (Stay(Moment(0, opened_ms), ended),)
    stays = [whole] * (people - 1) + [(Stay(Moment(0, opened_ms), Moment(0, opened_ms + LEFT_EARLY_MS)),)]
    attendees = tuple(
        Attendee(name, Via.PHONE, held, Milliseconds(present_ms(held, effective)))
        for name, held in zip(NAMES, stays, strict=False)
    )
    record = GroupRecord(
        seq=Seq(seq),
        screen="tv-1",
        boots=((boot, 0),),
        opened=Moment(0, opened_ms),
        ended=ended,
        kind="evening_school",
        theme="秋收后的田间管理",
        facilitator="",
        parts=parts,
        discussions=(),
        attendees=attendees,
        rule=CURRENT,
        effective_ms=effective_ms(parts),
    )
    return replace(record, **changes)


def _part(session: StudyRecord) -> Part:
    stretch = BootStretch(0, session.opened_ms, session.opened_ms + session.played_ms)
    nothing = Milliseconds(0)
    return Part(session.item_id, session.kind, session.seq, nothing, session.effective_ms, (stretch,))
