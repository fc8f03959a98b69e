"""Looks at the frame counter on the screen 100 times a second and writes down when it changed.

A process of its own: `python -m tests.playback_hour.sampler DISPLAY FILE`, ended by SIGTERM.
"""

import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

from demo.display import RemoteAndEyes
from tests.playback_hour import counter

PERIOD_S = 0.01
NONE = -1
"""Stands for a screen without a counter."""


def boottime_ms() -> float:
    """The clock of watch intervals, CLOCK_BOOTTIME, finer than they tell it."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) / 1e6


def watch(display: str, file: Path) -> None:
    """One line for each change: when the old was last seen, when the new was first, and the frame."""
    row, shown, last_ms = b"", NONE - 1, boottime_ms()
    due_s = time.monotonic()
    with RemoteAndEyes(display) as eyes, file.open("a", buffering=1, encoding="ascii") as out:
        while True:
            looked = eyes.look(*counter.ROW)
            at_ms = boottime_ms()  # a busy server looks late, and answers at once
            if looked != row:
                row, frame = looked, counter.frame_of(looked)
                seen = NONE if frame is None else frame
                if seen != shown:
                    shown = seen
                    out.write(f"{last_ms:.1f} {at_ms:.1f} {shown}\n")
            last_ms = at_ms
            due_s = max(due_s + PERIOD_S, time.monotonic())
            time.sleep(max(0.0, due_s - time.monotonic()))


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _leave)
    watch(sys.argv[1], Path(sys.argv[2]))
