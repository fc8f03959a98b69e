"""The kernel's NTP state as it comes from adjtimex(2)."""

import time

from agent.kernel_time import AdjtimexTime, Disciplined, Timex, disciplined

UNSYNC, NANO = 0x0040, 0x2000


def state(status: int, fraction: int = 250_000, maxerror_us: int = 1_500) -> Timex:
    return Timex(seconds=1_794_000_000, fraction=fraction, status=status, maxerror=maxerror_us)


def test_a_clock_that_a_daemon_keeps_is_told_with_its_error() -> None:
    assert disciplined(state(0x0001), returned=0) == Disciplined(1_794_000_000_250, 2)
    assert disciplined(state(0x2001, fraction=250_000_000), returned=0) == Disciplined(1_794_000_000_250, 2)


def test_a_clock_that_runs_free_tells_nothing() -> None:
    assert disciplined(state(UNSYNC), returned=0) is None
    assert disciplined(state(0x0001), returned=5) is None
    assert disciplined(state(0x0001), returned=-1) is None


def test_the_real_kernel_answers_and_agrees_with_the_wall_clock_where_it_is_kept() -> None:
    told = AdjtimexTime().read()
    assert told is None or abs(told.utc_ms - time.time_ns() // 1_000_000) < 1_000
