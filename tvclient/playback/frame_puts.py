"""When pictures were put out into memory."""

import time
from collections import deque

from study.units import MonotonicMs

_HELD_MAX = 1_000


class FramePuts:
    """Noted on libVLC's threads, taken on another."""

    def __init__(self) -> None:
        self._noted_ns: deque[int] = deque(maxlen=_HELD_MAX)

    def put(self) -> None:
        """A picture is put out."""
        self._noted_ns.append(time.monotonic_ns())

    def take(self, now_ms: MonotonicMs) -> list[MonotonicMs]:
        """See Puts."""
        clock_ns = time.monotonic_ns()
        taken = [self._noted_ns.popleft() for _ in range(len(self._noted_ns))]
        return [MonotonicMs(now_ms - max(0, clock_ns - at_ns) // 1_000_000) for at_ns in taken]

    def rest(self) -> None:
        """See Puts."""
        self._noted_ns.clear()
