"""Which tellings of the time become anchors."""

from agent.records.anchoring import is_worth_a_record, told_between
from study.anchor import Anchor, AnchorSource
from study.units import BootId, Milliseconds, MonotonicMs


def anchor(mono_ms: int, utc_ms: int, error_ms: int = 50, boot: str = "b") -> Anchor:
    return Anchor(BootId(boot), MonotonicMs(mono_ms), utc_ms, Milliseconds(error_ms), AnchorSource.PLATFORM)


def test_the_time_told_stands_in_the_middle_of_the_call() -> None:
    told = told_between(1_000_000, 400, 500)
    assert (told.mono_ms, told.utc_ms, told.error_ms) == (450, 1_000_000, 50)


def test_only_the_first_of_a_boot_and_steps_are_worth_a_record() -> None:
    first = anchor(1_000, 1_000_000)
    assert is_worth_a_record(first, [])
    assert not is_worth_a_record(anchor(10_000, 1_009_500), [first])
    assert is_worth_a_record(anchor(10_000, 1_200_000), [first])
    assert is_worth_a_record(anchor(1_000, 1_000_000, boot="c"), [first])


def test_a_much_better_telling_is_worth_a_record_and_a_hopeless_one_never() -> None:
    rough = anchor(1_000, 1_000_000, error_ms=20_000)
    assert is_worth_a_record(anchor(2_000, 1_001_000, error_ms=4_000), [rough])
    assert not is_worth_a_record(anchor(2_000, 1_001_000, error_ms=6_000), [rough])
    assert not is_worth_a_record(anchor(1_000, 1_000_000, error_ms=700_000), [])
