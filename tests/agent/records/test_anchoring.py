"""Which tellings of the time become anchors."""

from datetime import UTC, datetime

import pytest

from agent.records.anchoring import is_worth_a_record, told_between
from study.anchor import Anchor, AnchorSource, to_utc_ms
from study.units import BootId, Milliseconds, MonotonicMs

NOW = to_utc_ms(datetime(2026, 11, 1, tzinfo=UTC))


def anchor(mono_ms: int, after_now_ms: int, error_ms: int = 50, boot: str = "b") -> Anchor:
    return Anchor(
        BootId(boot), MonotonicMs(mono_ms), NOW + after_now_ms, Milliseconds(error_ms), AnchorSource.PLATFORM
    )


def test_the_time_told_stands_in_the_middle_of_the_call() -> None:
    told = told_between(1_000_000, 400, 500)
    assert (told.mono_ms, told.utc_ms, told.error_ms) == (450, 1_000_000, 50)


def test_only_the_first_of_a_boot_and_steps_are_worth_a_record() -> None:
    first = anchor(1_000, 1_000_000)
    assert is_worth_a_record(first, [])
    assert not is_worth_a_record(anchor(10_000, 1_009_500), [first])
    assert is_worth_a_record(anchor(700_000, 1_889_500), [first])
    assert is_worth_a_record(anchor(1_000, 1_000_000, boot="c"), [first])


def test_a_clock_that_jumps_to_and_fro_makes_no_record_at_every_jump() -> None:
    first = anchor(1_000, 1_000_000)
    assert not is_worth_a_record(anchor(600_999, 9_000_000), [first])
    assert is_worth_a_record(anchor(601_000, 9_000_000), [first])


@pytest.mark.parametrize("year", [1, 1970, 2009, 2200, 9999])
def test_a_time_that_cannot_be_is_no_anchor(year: int) -> None:
    assert not is_worth_a_record(anchor(1_000, to_utc_ms(datetime(year, 1, 1, tzinfo=UTC)) - NOW), [])


def test_a_much_better_telling_is_worth_a_record_and_a_hopeless_one_never() -> None:
    rough = anchor(1_000, 1_000_000, error_ms=20_000)
    assert is_worth_a_record(anchor(2_000, 1_001_000, error_ms=4_000), [rough])
    assert not is_worth_a_record(anchor(2_000, 1_001_000, error_ms=6_000), [rough])
    assert not is_worth_a_record(anchor(1_000, 1_000_000, error_ms=700_000), [])
