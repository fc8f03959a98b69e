"""The box's clocks: CLOCK_BOOTTIME with its boot id, and the wall clock nobody trusts."""

import time
from pathlib import Path
from typing import Protocol

from study.units import BootId, MonotonicMs

_BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")


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
