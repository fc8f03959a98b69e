"""How long is waited after failures."""

from hypothesis import given
from hypothesis import strategies as st

from agent.records.backoff import delay_s


def longest(failures: int, retry_after_s: float | None = None) -> float:
    return delay_s(
        failures, min_s=30, max_s=21_600, retry_after_s=retry_after_s, draw=lambda _, ceiling: ceiling
    )


def test_the_ceiling_doubles_from_30_s_to_6_h() -> None:
    assert [longest(n) for n in (1, 2, 3, 10, 11, 10_000)] == [30, 60, 120, 15_360, 21_600, 21_600]


def test_jitter_is_full() -> None:
    lowest = delay_s(5, min_s=30, max_s=21_600, retry_after_s=None, draw=lambda floor, _: floor)
    assert lowest == 0


@given(failures=st.integers(0, 100), asked=st.floats(0, 1e6))
def test_what_the_platform_asks_for_is_never_undercut(failures: int, asked: float) -> None:
    assert longest(failures, asked) >= asked
