"""A machine whose boots, monotonic clock and wall clock a test sets, for a real agent to run on.

Its wall clock comes by libfaketime, which re-reads a file at every call.
"""

import time
from pathlib import Path

from demo.other_boot import OtherBoot, why_no_other_boot
from demo.programs import Program

_BOOTED_S = 60
"""An agent starts this long after its machine."""


class WallClock:
    """A wall clock beside the real one: what a process that runs with `env` takes for the time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ahead_ms = 0
        self.env = {
            "LD_PRELOAD": _faketime(),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.jump_to(self.now_ms())

    def now_ms(self) -> int:
        """What it shows."""
        return time.time_ns() // 1_000_000 + self._ahead_ms

    def jump_to(self, utc_ms: int) -> None:
        """It shows another time from now on, and runs on from there."""
        self._ahead_ms = utc_ms - time.time_ns() // 1_000_000
        # Renamed into place: a half-written file would be read as some other time.
        unfinished = self._file.with_suffix(".part")
        unfinished.write_text(f"{self._ahead_ms / 1000:+.3f}\n", encoding="ascii")
        unfinished.replace(self._file)


class Boot:
    """One boot of the machine, with the agent as its only program."""

    def __init__(self, folder: Path, command: list[str], wall: WallClock) -> None:
        self._other = OtherBoot(folder, _BOOTED_S)
        self.boot_id = self._other.boot_id
        self.started_ms = _BOOTED_S * 1_000
        env = [f"{name}={value}" for name, value in wall.env.items()]
        self.agent = Program("本机代理", [*self._other.words(env), *command], folder / "agent.log")

    def mono_ms(self) -> int:
        """CLOCK_BOOTTIME as the agent sees it."""
        return self._other.mono_ms()


def why_no_machine() -> str:
    """What this system lacks for such a machine; empty for nothing."""
    try:
        _faketime()
    except FileNotFoundError:
        return "libfaketime is not installed (Debian: apt-get install faketime)"
    return why_no_other_boot()


def _faketime() -> str:
    for found in Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"):
        return str(found)
    raise FileNotFoundError("libfaketimeMT.so.1")
