"""Person-hours: counted one millisecond at a time they are the same, and never more than the session's."""

from hypothesis import given
from hypothesis import strategies as st

from study.group.attendance import Check, present_ms, stays_of
from study.group.hours import Part, all_effective, effective_ms, effective_stretches
from study.group.moment import BootStretch, Moment, total_ms
from study.rules import Kind
from study.units import HOUR_MS, ItemId, Milliseconds, Seq
from tests.study.group.made import ENDED, LONG_MS, checks, parts

held_parts = st.lists(parts, max_size=3).map(tuple)


def part(*stretches: BootStretch, session_ms: int, before_ms: int = 0, kind: Kind = Kind.VOD) -> Part:
    return Part(
        ItemId("5.3"), kind, Seq(1), Milliseconds(before_ms), Milliseconds(session_ms), tuple(stretches)
    )


def counted(held: tuple[Part, ...]) -> set[Moment]:
    """Every effective millisecond, by its beginning."""
    return {
        Moment(stretch.boot, ms)
        for stretch in all_effective(held)
        for ms in range(stretch.start_ms, stretch.end_ms)
    }


@given(held_parts, checks)
def test_a_persons_time_is_the_effective_milliseconds_they_were_in(
    held: tuple[Part, ...], told: list[Check]
) -> None:
    stays = stays_of(told, ENDED)
    expected = sum(any(entered <= ms < left for entered, left in stays) for ms in counted(held))
    assert present_ms(stays, all_effective(held)) == expected


@given(held_parts, st.lists(checks, max_size=4))
def test_nobody_has_more_than_the_session_and_all_have_no_more_than_all_of_it(
    held: tuple[Part, ...], told: list[list[Check]]
) -> None:
    effective = all_effective(held)
    people = [present_ms(stays_of(one, ENDED), effective) for one in told]
    assert all(0 <= person <= effective_ms(held) for person in people)
    assert sum(people) <= len(people) * effective_ms(held)


@given(held_parts)
def test_who_is_in_from_beginning_to_end_has_all_of_it(held: tuple[Part, ...]) -> None:
    stays = stays_of([Check(Moment(0, 0), True)], ENDED)
    assert present_ms(stays, all_effective(held)) == effective_ms(held)


@given(held_parts)
def test_a_group_counts_no_more_than_its_sessions(held: tuple[Part, ...]) -> None:
    assert effective_ms(held) <= sum(part.session_ms for part in held)
    assert effective_ms(held) <= sum(total_ms(part.stretches) for part in held)


@given(held_parts, st.randoms())
def test_the_order_of_the_parts_does_not_matter(held: tuple[Part, ...], chance: object) -> None:
    shuffled = list(held)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert all_effective(shuffled) == all_effective(held)


def test_a_session_that_does_not_count_counts_for_nobody() -> None:
    assert effective_ms([part(BootStretch(0, 0, LONG_MS), session_ms=0)]) == 0


def test_of_live_only_the_first_four_hours_count_also_for_the_people() -> None:
    live = part(BootStretch(0, 0, 5 * HOUR_MS), session_ms=4 * HOUR_MS, kind=Kind.LIVE)
    assert effective_stretches(live) == (BootStretch(0, 0, 4 * HOUR_MS),)
    late = stays_of([Check(Moment(0, 4 * HOUR_MS), True)], Moment(0, 5 * HOUR_MS))
    assert present_ms(late, all_effective([live])) == 0


def test_what_was_watched_before_the_group_came_takes_its_part_of_what_counts() -> None:
    live = part(
        BootStretch(0, 3 * HOUR_MS, 5 * HOUR_MS),
        session_ms=4 * HOUR_MS,
        before_ms=3 * HOUR_MS,
        kind=Kind.LIVE,
    )
    assert effective_stretches(live) == (BootStretch(0, 3 * HOUR_MS, 4 * HOUR_MS),)
