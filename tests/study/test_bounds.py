"""Bounds of boots without an anchor, against boots whose true times are known."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.anchor import Anchor, AnchorSource, from_utc_ms, to_utc_ms
from study.bounds import NOWHERE, Boot, Span, month_between, spans
from study.month import month_of
from study.units import BootId, Milliseconds, MonotonicMs

DAY = 24 * 3_600_000
START = to_utc_ms(datetime(2026, 9, 20, tzinfo=UTC))
NEW_MONTH = to_utc_ms(datetime(2026, 10, 31, 16, tzinfo=UTC))
"""Midnight in Beijing."""
ID = BootId("b")


def anchor(mono_ms: int, utc_ms: int, error_ms: int = 50) -> Anchor:
    source = AnchorSource.PLATFORM
    return Anchor(ID, MonotonicMs(mono_ms), utc_ms, Milliseconds(error_ms), source)


def boot(
    ordinal: int,
    known_ms: int,
    began: int | None = None,
    floor: int | None = None,
    ceiling: int | None = None,
) -> Boot:
    held = None if began is None else anchor(0, began)
    return Boot(ordinal, MonotonicMs(known_ms), held, floor, ceiling)


@dataclass(frozen=True)
class TrueBoot:
    """One boot as it really was; its clock runs `rate` millionths too fast."""

    began: int
    lived_ms: int
    rate: int
    known_ms: int
    told_at: int | None
    told_wrong_by: int
    error_ms: int
    receipt_at: int | None
    arrived_after: int | None

    def moment(self, mono_ms: int) -> float:
        return self.began + mono_ms / (1 + self.rate / 1_000_000)

    def as_known(self, ordinal: int) -> Boot:
        held = None
        if self.told_at is not None:
            told = round(self.moment(self.told_at)) + self.told_wrong_by
            held = anchor(self.told_at, told, self.error_ms + 1)
        floor = ceiling = None
        if self.receipt_at is not None:
            floor = int(self.moment(self.receipt_at)) - self.receipt_at - self.error_ms
        if self.arrived_after is not None:
            ceiling = round(self.moment(self.known_ms)) + self.arrived_after + 1 - self.known_ms
        return Boot(ordinal, MonotonicMs(self.known_ms), held, floor, ceiling)


@st.composite
def histories(draw: st.DrawFn) -> list[TrueBoot]:
    """Up to eight boots one after the other, some of which were told the time."""
    now, found = START, []
    for _ in range(draw(st.integers(1, 8))):
        began = now + draw(st.integers(0, 1_000) | st.integers(0, 6 * DAY))
        lived = draw(st.integers(1, 20 * DAY))
        known = max(0, lived - draw(st.integers(0, 1_000) | st.integers(0, lived)))
        error = draw(st.integers(0, 60_000))
        found.append(
            TrueBoot(
                began,
                lived,
                rate=draw(st.integers(-490, 490)),
                known_ms=known,
                told_at=draw(st.none() | st.integers(0, known)),
                told_wrong_by=draw(st.integers(-error, error)),
                error_ms=error,
                receipt_at=draw(st.none() | st.integers(0, known)),
                arrived_after=draw(st.none() | st.integers(0, 40 * DAY)),
            )
        )
        now = int(found[-1].moment(lived)) + 1
    return found


@given(histories(), st.data())
def test_a_bound_never_excludes_the_truth_and_a_set_month_is_the_true_one(
    history: list[TrueBoot], data: st.DataObject
) -> None:
    seen = [(n, true) for n, true in enumerate(history, start=1) if data.draw(st.booleans())]
    known = data.draw(st.permutations([true.as_known(n) for n, true in seen]))
    found = spans(known)
    for ordinal, true in seen:
        mono_ms = MonotonicMs(data.draw(st.just(true.known_ms) | st.integers(0, true.known_ms)))
        truth = true.moment(mono_ms)
        earliest, latest = found[ordinal].at(mono_ms)
        assert earliest is None or earliest <= truth + 1
        assert latest is None or truth - 1 <= latest
        assert found[ordinal].month_at(mono_ms) in (None, month_of(from_utc_ms(round(truth))))


def test_a_boot_between_two_anchored_ones_lies_between_them() -> None:
    found = spans([boot(1, 3_600_000, NEW_MONTH), boot(2, 60_000), boot(3, 0, NEW_MONTH + DAY)])
    earliest, latest = found[2].at(MonotonicMs(30_000))
    assert earliest == pytest.approx(NEW_MONTH + 3_600_000 + 30_000, abs=10_000)
    assert latest == pytest.approx(NEW_MONTH + DAY - 30_000, abs=10_000)
    assert found[2].month_at(MonotonicMs(0)) == "2026-11"


def test_a_new_month_between_the_neighbours_leaves_it_open_until_it_is_ruled_out() -> None:
    before, after = boot(1, 0, NEW_MONTH - DAY), boot(3, 0, NEW_MONTH + DAY)
    assert spans([before, boot(2, 0), after])[2].month_at(MonotonicMs(0)) is None
    # What was opened more than a day into the boot can only lie in the new month.
    long = boot(2, DAY + 600_000)
    assert spans([before, long, after])[2].month_at(MonotonicMs(DAY + 600_000)) == "2026-11"
    assert spans([before, long, after])[2].month_at(MonotonicMs(0)) == "2026-10"


def test_a_chain_of_unknown_boots_adds_up() -> None:
    boots = [boot(1, 0, NEW_MONTH - 2 * DAY), boot(2, DAY), boot(3, DAY), boot(4, DAY), boot(5, 0)]
    earliest, latest = spans(boots)[4].at(MonotonicMs(0))
    assert (earliest, latest) == (pytest.approx(NEW_MONTH, abs=300_000), None)


def test_a_receipt_is_a_floor_and_an_arrival_a_ceiling() -> None:
    only = boot(1, 0, floor=NEW_MONTH + 60_000, ceiling=NEW_MONTH + DAY)
    assert spans([only])[1].month_at(MonotonicMs(0)) == "2026-11"
    assert spans([replace(only, floor_utc_ms=None)])[1].month_at(MonotonicMs(0)) is None


def test_a_boot_that_nobody_saw_begin_is_never_bounded_and_bounds_nobody() -> None:
    boots = [boot(0, 0, NEW_MONTH), boot(2, 0), boot(3, 0, NEW_MONTH + DAY), boot(0, 0)]
    assert spans(boots)[2].at(MonotonicMs(0))[0] is None
    assert 0 not in spans(boots)
    assert NOWHERE.month_at(MonotonicMs(0)) is None


def test_only_the_nearest_anchor_speaks_so_that_one_wrong_clock_spoils_no_later_boot() -> None:
    year_ahead = boot(1, 0, NEW_MONTH + 365 * DAY)
    boots = [year_ahead, boot(2, 0, NEW_MONTH), boot(3, 0), boot(4, 0, NEW_MONTH + DAY)]
    assert spans(boots)[3].month_at(MonotonicMs(3_600_000)) == "2026-11"


def test_neighbours_that_contradict_each_other_give_no_month() -> None:
    boots = [boot(1, 0, NEW_MONTH + 2 * DAY), boot(2, 0), boot(3, 0, NEW_MONTH + DAY)]
    assert spans(boots)[2].month_at(MonotonicMs(0)) is None


def test_a_cloned_box_bounds_nothing_from_the_first_ordinal_that_two_boots_claim() -> None:
    boots = [
        boot(1, 0, NEW_MONTH),
        boot(2, 0),
        boot(3, 0),
        boot(3, 5),
        boot(4, 0),
        boot(5, 0, NEW_MONTH + DAY),
    ]
    assert set(spans(boots)) == {1, 2}


def test_a_month_is_named_only_where_both_bounds_lie_in_it() -> None:
    assert month_between(NEW_MONTH, NEW_MONTH + 29 * DAY) == "2026-11"
    assert month_between(NEW_MONTH - 1, NEW_MONTH) is None
    assert month_between(NEW_MONTH - 1, NEW_MONTH - 1) == "2026-10"
    assert month_between(None, NEW_MONTH) is None
    assert month_between(NEW_MONTH, None) is None
    assert month_between(NEW_MONTH + 1, NEW_MONTH) is None


def test_the_drift_widens_a_span_on_both_sides() -> None:
    assert Span(1_000_000, 2_000_000, 7).at(MonotonicMs(100)) == (1_000_093, 2_000_107)


@given(st.integers(0, 40 * DAY), st.integers(0, 40 * DAY), st.integers(0, DAY), st.integers(0, 10 * DAY))
def test_only_a_narrow_span_can_name_a_month(early: int, width: int, drift: int, mono_ms: int) -> None:
    span = Span(START + early, START + early + width, drift)
    assert span.is_narrow or span.month_at(MonotonicMs(mono_ms)) is None
