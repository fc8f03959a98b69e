"""Group studies made by chance, whose records hold."""

from hypothesis import strategies as st

from study.group.attendance import Check, Via, present_ms, stays_of
from study.group.hours import Part, all_effective, effective_ms
from study.group.moment import BootStretch, Moment, joined
from study.group.record import Attendee, GroupRecord
from study.rules import CURRENT, Kind
from study.units import BootId, ItemId, Milliseconds, Seq

BOOTS, LONG_MS = 3, 200
"""Short, so that every millisecond can be counted one by one."""
SEQ = Seq(90)
ENDED = Moment(BOOTS - 1, LONG_MS)

milliseconds = st.integers(0, LONG_MS)
moments = st.builds(Moment, st.integers(0, BOOTS - 1), milliseconds)
stretches = st.builds(
    lambda boot, one, other: BootStretch(boot, min(one, other), max(one, other)),
    st.integers(0, BOOTS - 1),
    milliseconds,
    milliseconds,
)
parts = st.builds(
    Part,
    item_id=st.sampled_from(["5.3", "5.4", "L1@2026", "article:9"]).map(ItemId),
    kind=st.sampled_from(Kind),
    session=st.integers(1, SEQ - 1).map(Seq),
    before_ms=milliseconds.map(Milliseconds),
    session_ms=st.integers(0, 3 * LONG_MS).map(Milliseconds),
    stretches=st.lists(stretches, max_size=4).map(joined),
)
checks = st.lists(st.builds(Check, moments, st.booleans()), max_size=8)


@st.composite
def groups(draw: st.DrawFn) -> GroupRecord:
    held = tuple(draw(st.lists(parts, max_size=3)))
    effective = all_effective(held)
    people = []
    for number, told in enumerate(draw(st.lists(checks, max_size=5))):
        if stays := stays_of(told, ENDED):
            person_ms = Milliseconds(present_ms(stays, effective))
            people.append(Attendee(f"{number:032x}", draw(st.sampled_from(Via)), stays, person_ms))
    return GroupRecord(
        seq=SEQ,
        screen="tv-1",
        boots=tuple((BootId(f"boot-{n}"), n + 7) for n in range(BOOTS)),
        opened=Moment(0, 0),
        ended=ENDED,
        kind="theme_day",
        theme="秋收后的田间管理",
        facilitator="",
        parts=held,
        discussions=draw(st.lists(stretches, max_size=2).map(joined)),
        attendees=tuple(people),
        rule=CURRENT,
        effective_ms=effective_ms(held),
    )
