"""Token buckets: how much each of many senders may still ask for."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

_SENDERS_MAX = 4_096
"""A room has forty phones; whoever was heard of longest ago is forgotten first."""


@dataclass(slots=True)
class _Bucket:
    held: float
    filled_ms: int


class Buckets:
    """Each sender has `most` at first and gets `per_s` more every second. Times are CLOCK_BOOTTIME."""

    def __init__(self, most: float, per_s: float) -> None:
        self._most = most
        self._per_ms = per_s / 1_000
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, sender: str, now_ms: int) -> bool:
        """Whether there was one left, which is gone now."""
        with self._lock:
            bucket = self._filled(sender, now_ms)
            if bucket.held < 1:
                return False
            bucket.held -= 1
            return True

    def is_empty(self, sender: str, now_ms: int) -> bool:
        """Whether nothing is left; takes nothing."""
        with self._lock:
            return sender in self._buckets and self._filled(sender, now_ms).held < 1

    def _filled(self, sender: str, now_ms: int) -> _Bucket:
        bucket = self._buckets.get(sender)
        if bucket is None:
            bucket = self._buckets[sender] = _Bucket(self._most, now_ms)
            if len(self._buckets) > _SENDERS_MAX:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(sender)
        elapsed_ms = max(0, now_ms - bucket.filled_ms)
        bucket.held = min(self._most, bucket.held + elapsed_ms * self._per_ms)
        bucket.filled_ms = now_ms
        return bucket
