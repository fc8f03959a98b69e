"""Wrong tries: whoever gives numbers that are nobody's waits longer and longer."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from study.units import HOUR_MS, MINUTE_MS

FIRST_WAIT_MS = 15_000
LONGEST_WAIT_MS = 15 * MINUTE_MS
FORGOTTEN_MS = HOUR_MS
"""After so long without a wrong try somebody begins anew."""
_SENDERS_MAX = 4_096
_DOUBLINGS_MAX = 10


@dataclass(slots=True)
class _Wrong:
    count: int
    last_ms: int


class Tries:
    """`free` wrong ones cost nothing; each after that doubles the wait. Times are CLOCK_BOOTTIME."""

    def __init__(self, free: int) -> None:
        self._free = free
        self._wrong: OrderedDict[str, _Wrong] = OrderedDict()
        self._lock = threading.Lock()

    def wait_ms(self, sender: str, now_ms: int) -> int:
        """How long until the next try is looked at; 0 for now."""
        with self._lock:
            wrong = self._wrong.get(sender)
            if wrong is None or wrong.count < self._free:
                return 0
            wait_ms = FIRST_WAIT_MS << min(wrong.count - self._free, _DOUBLINGS_MAX)
            return max(0, wrong.last_ms + min(wait_ms, LONGEST_WAIT_MS) - now_ms)

    def forget(self, sender: str) -> None:
        """They were right after all, where a right one opens nothing that others own."""
        with self._lock:
            self._wrong.pop(sender, None)

    def note_wrong(self, sender: str, now_ms: int) -> None:
        """Also a right one in between makes nobody begin anew: one's own card would open all others."""
        with self._lock:
            wrong = self._wrong.pop(sender, None)
            if wrong is None or now_ms - wrong.last_ms >= FORGOTTEN_MS:
                wrong = _Wrong(0, now_ms)
            self._wrong[sender] = _Wrong(wrong.count + 1, now_ms)
            if len(self._wrong) > _SENDERS_MAX:
                self._wrong.popitem(last=False)
