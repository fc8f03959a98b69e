"""Check-ins and check-outs make stays, whatever the order in which they arrive."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from study.group.attendance import Check, Stay, stays_of
from study.group.moment import Moment
from tests.study.group.made import ENDED, checks


def came(ms: int, boot: int = 0) -> Check:
    return Check(Moment(boot, ms), True)


def went(ms: int, boot: int = 0) -> Check:
    return Check(Moment(boot, ms), False)


@given(checks, st.randoms())
def test_the_order_in_which_they_arrive_does_not_matter(told: list[Check], chance: object) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stays_of(shuffled, ENDED) == stays_of(told, ENDED)


@given(checks)
def test_stays_are_in_order_disjoint_and_end_with_the_group(told: list[Check]) -> None:
    stays = stays_of(told, ENDED)
    edges = [edge for stay in stays for edge in stay]
    assert all(before <= after for before, after in pairwise(edges))
    assert all(stay.entered < stay.left <= ENDED for stay in stays)


@given(checks)
def test_told_twice_it_is_the_same(told: list[Check]) -> None:
    assert stays_of([*told, *told], ENDED) == stays_of(told, ENDED)


def test_who_does_not_check_out_was_in_until_the_end() -> None:
    assert stays_of([came(40)], Moment(0, 90)) == (Stay(Moment(0, 40), Moment(0, 90)),)


def test_who_comes_back_has_two_stays() -> None:
    two = (Stay(Moment(0, 10), Moment(0, 20)), Stay(Moment(0, 50), Moment(0, 90)))
    assert stays_of([came(10), went(20), came(50)], Moment(0, 90)) == two


def test_a_power_cut_checks_nobody_out() -> None:
    assert stays_of([came(100)], Moment(1, 30)) == (Stay(Moment(0, 100), Moment(1, 30)),)


def test_a_check_out_alone_and_a_check_in_after_the_end_are_no_stay() -> None:
    assert stays_of([went(10)], Moment(0, 90)) == ()
    assert stays_of([came(95)], Moment(0, 90)) == ()
