"""Another boot of this machine, for a real program to run in.

The boot id comes by a bind mount in a mount namespace of its own, CLOCK_BOOTTIME by a time namespace.
"""

import os
import subprocess
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

_BOOT_ID = "/proc/sys/kernel/random/boot_id"
# Before Linux 6.2 only a child is in the new time namespace, not what takes its parent's place: so the shell
# stays, hands on SIGTERM, and takes the program with it when it is killed.
_INSIDE = f"""
mount --bind "$0" {_BOOT_ID} || exit
setpriv --pdeathsig KILL env "$@" & it=$!
trap 'kill -TERM $it' TERM
wait $it; code=$?
while kill -0 $it 2>/dev/null; do wait $it; code=$?; done
exit $code
"""


class OtherBoot:
    """One boot; what runs in it has `words` before its command."""

    def __init__(self, folder: Path, up_s: int) -> None:
        """Of a machine that was switched on `up_s` ago."""
        self.boot_id = str(uuid.uuid4())
        self._offset_s = up_s - time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000_000
        self._id_file = folder / self.boot_id
        self._id_file.write_text(self.boot_id + "\n", encoding="ascii")

    def words(self, env: Sequence[str] = ()) -> list[str]:
        """`env` are assignments for the program alone, not for what puts it there."""
        return [*_unshare(self._offset_s), "sh", "-c", _INSIDE, str(self._id_file), *env]

    def mono_ms(self) -> int:
        """CLOCK_BOOTTIME as a program in it sees it."""
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000 + self._offset_s * 1_000

    def sleep_through(self, seconds: int) -> None:
        """What is started from now on finds that so much time has passed, as after a suspend."""
        self._offset_s += seconds


def why_no_other_boot() -> str:
    """What this system lacks for it; empty for nothing."""
    tried = subprocess.run(
        [*_unshare(1), "mount", "--bind", "/dev/null", _BOOT_ID], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        return f"no time and mount namespaces (root and a kernel with TIME_NS): {tried.stderr.strip()}"
    return ""


def _unshare(offset_s: int) -> list[str]:
    mapped = [] if os.geteuid() == 0 else ["-U", "-r"]
    return ["unshare", *mapped, "-m", "-T", f"--boottime={offset_s}"]
