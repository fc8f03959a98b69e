"""A machine whose boots, monotonic clock and wall clock a test sets, for a real agent to run on.

The boot id comes by a bind mount in a mount namespace of its own, CLOCK_BOOTTIME by a time namespace,
the wall clock by libfaketime, which re-reads a file at every call.
"""

import shlex
import subprocess
import time
import uuid
from pathlib import Path

from demo.programs import Program

_BOOT_ID = "/proc/sys/kernel/random/boot_id"
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
        self.boot_id = str(uuid.uuid4())
        self.started_ms = _BOOTED_S * 1_000
        self._offset_s = _BOOTED_S - time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000_000
        id_file = folder / self.boot_id
        id_file.write_text(self.boot_id + "\n", encoding="ascii")
        inside = f'mount --bind "$0" {_BOOT_ID} && exec env {_assignments(wall.env)} "$@"'
        unshare = ["unshare", "-m", "-T", f"--boottime={self._offset_s}"]
        self.agent = Program(
            "本机代理", [*unshare, "sh", "-c", inside, str(id_file), *command], folder / "agent.log"
        )

    def mono_ms(self) -> int:
        """CLOCK_BOOTTIME as the agent sees it."""
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000 + self._offset_s * 1_000


def why_no_machine() -> str:
    """What this system lacks for such a machine; empty for nothing."""
    try:
        _faketime()
    except FileNotFoundError:
        return "libfaketime is not installed (Debian: apt-get install faketime)"
    tried = subprocess.run(
        ["unshare", "-m", "-T", "--boottime=1", "mount", "--bind", "/dev/null", _BOOT_ID],
        capture_output=True,
        text=True,
        check=False,
    )
    if tried.returncode:
        return f"no time and mount namespaces (root and a kernel with TIME_NS): {tried.stderr.strip()}"
    return ""


def _faketime() -> str:
    for found in Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"):
        return str(found)
    raise FileNotFoundError("libfaketimeMT.so.1")


def _assignments(env: dict[str, str]) -> str:
    # For the agent alone, not for unshare and mount.
    return " ".join(f"{name}={shlex.quote(value)}" for name, value in env.items())
