"""Anchors: which one places a moment, and what stays unplaced."""

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from study.anchor import Anchor, AnchorSource, best_anchor, floor_of, from_utc_ms, to_utc_ms
from study.units import BootId, Milliseconds, MonotonicMs

NOON = to_utc_ms(datetime(2026, 11, 21, 12, tzinfo=UTC))


def anchor(mono: int, utc: int, error: int = 50, boot: str = "a") -> Anchor:
    return Anchor(BootId(boot), MonotonicMs(mono), utc, Milliseconds(error), AnchorSource.PLATFORM)


def place(held: list[Anchor], boot: BootId, mono: MonotonicMs) -> datetime | None:
    best = best_anchor(held, boot)
    return None if best is None else best.at(mono)


def test_a_moment_is_placed_by_the_anchor_of_its_own_boot() -> None:
    held = [anchor(1_000, NOON), anchor(5_000, 0, error=1, boot="b")]
    assert place(held, BootId("a"), MonotonicMs(61_000)) == datetime(2026, 11, 21, 12, 1, tzinfo=UTC)
    assert place(held, BootId("a"), MonotonicMs(0)) == datetime(2026, 11, 21, 11, 59, 59, tzinfo=UTC)


def test_a_person_is_told_no_smaller_error_than_there_is() -> None:
    assert [anchor(0, NOON, error=ms).error_s for ms in (0, 9, 100, 101, 1_250)] == [0.1, 0.1, 0.1, 0.2, 1.3]


def test_a_boot_without_an_anchor_stays_unplaced() -> None:
    assert place([anchor(1_000, NOON, boot="b")], BootId("a"), MonotonicMs(5)) is None


def test_a_later_and_better_telling_wins_over_the_nearer_anchor() -> None:
    held = [anchor(1_000, NOON + 10_000, error=4_000), anchor(900_000, NOON + 899_000, error=20)]
    assert place(held, BootId("a"), MonotonicMs(1_000)) == from_utc_ms(NOON)


def test_a_clock_that_was_put_right_repairs_what_it_told_before() -> None:
    forty_days_slow = anchor(1_000, NOON - 40 * 24 * 3_600_000, error=4)
    held = [forty_days_slow, anchor(3_601_000, NOON + 3_600_000, error=7)]
    assert place(held, BootId("a"), MonotonicMs(1_000)) == from_utc_ms(NOON)
    assert place(held, BootId("a"), MonotonicMs(9_000_000)) == from_utc_ms(NOON + 8_999_000)


def test_of_two_tellings_at_one_moment_the_surer_one_wins() -> None:
    held = [anchor(1_000, NOON + 10_000, error=4_000), anchor(1_000, NOON, error=20)]
    assert place(held, BootId("a"), MonotonicMs(1_000)) == from_utc_ms(NOON)


@given(st.lists(st.builds(anchor, st.integers(0, 99), st.integers(0, 99), st.integers(0, 9))), st.randoms())
def test_the_order_of_arrival_changes_nothing(held: list[Anchor], random) -> None:
    shuffled = held[:]
    random.shuffle(shuffled)
    assert place(shuffled, BootId("a"), MonotonicMs(50)) == place(held, BootId("a"), MonotonicMs(50))


@given(st.integers(0, 4_000_000_000_000))
def test_milliseconds_survive_the_calendar(utc_ms: int) -> None:
    assert to_utc_ms(from_utc_ms(utc_ms)) == utc_ms


def told_by(source: AnchorSource, mono: int, utc: int) -> Anchor:
    return Anchor(BootId("a"), MonotonicMs(mono), utc, Milliseconds(5), source)


def test_a_telling_of_lesser_trust_never_contradicts_a_better_one() -> None:
    by_trust = [AnchorSource.PLATFORM, AnchorSource.NTP, AnchorSource.PHONE]
    for better, lesser in pairwise(by_trust):
        held = [told_by(better, 1_000, NOON), told_by(lesser, 9_000_000, 0)]
        assert place(held, BootId("a"), MonotonicMs(1_000)) == from_utc_ms(NOON)


def test_a_receipt_dates_nothing_and_is_a_floor() -> None:
    receipts = [told_by(AnchorSource.USB, 1_000, NOON), told_by(AnchorSource.USB, 5_000, NOON)]
    assert best_anchor(receipts, BootId("a")) is None
    assert floor_of(receipts, BootId("a")) == NOON - 1_000 - 5
    assert floor_of(receipts, BootId("b")) is None
    assert floor_of([told_by(AnchorSource.PLATFORM, 1_000, NOON)], BootId("a")) is None
