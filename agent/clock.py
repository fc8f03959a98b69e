"""The box's clocks: CLOCK_BOOTTIME with its boot id, and the wall clock nobody trusts."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from study.units import BootId, MonotonicMs

_BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")

BUILT_ON = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock that is earlier can be right. Written here at each release: a file's time is what the machine
that unpacked it took for the time, and that is the clock in question."""


class Clock(Protocol):
    """What the agent asks of a clock."""

    @property
    def boot(self) -> BootId:
        """The boot that `mono_ms` belongs to."""

    def mono_ms(self) -> MonotonicMs:
        """Time since boot, suspended time included; never steps."""

    def wall_utc_ms(self) -> int:
        """What the system clock claims, in milliseconds since 1970; may be decades off."""


class BootClock:
    """The real clocks of this machine."""

    def __init__(self) -> None:
        self._boot = BootId(_BOOT_ID_FILE.read_text(encoding="ascii").strip())

    @property
    def boot(self) -> BootId:
        return self._boot

    def mono_ms(self) -> MonotonicMs:
        return MonotonicMs(time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000)

    def wall_utc_ms(self) -> int:
        return time.time_ns() // 1_000_000


def set_wall_clock(utc_ms: int) -> None:
    """Set the system clock. Raises PermissionError without CAP_SYS_TIME, OSError for any other fault."""
    time.clock_settime_ns(time.CLOCK_REALTIME, utc_ms * 1_000_000)
