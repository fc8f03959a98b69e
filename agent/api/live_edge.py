"""Whether a live channel's playlist still moves on."""

import re
import threading

from agent.clock import Clock

_TARGET = re.compile(rb"(?m)^#EXT-X-TARGETDURATION:([0-9]{1,4})\s*$")
_ENDED = b"#EXT-X-ENDLIST"
_TARGETS, _SHORTEST_MS = 3, 6_000
"""A living playlist changes within one and a half target durations (RFC 8216, 6.2.1); twice that is dead."""
_KNOWN_MAX = 200


class LiveEdge:
    """Remembers the newest segment of each playlist, and since when it is the newest."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._newest: dict[str, tuple[bytes, int]] = {}

    def stands(self, path: str, playlist: bytes) -> bool:
        """True for a live playlist that has had no new segment for too long; never at first sight.

        What names no target duration or has an end is no live playlist.
        """
        target = _TARGET.search(playlist)
        if target is None or _ENDED in playlist:
            return False
        now_ms = self._clock.mono_ms()
        newest = _last_address(playlist)
        with self._lock:
            known, since_ms = self._newest.pop(path, (b"", now_ms))
            since_ms = since_ms if known == newest else now_ms
            self._newest[path] = newest, since_ms
            if len(self._newest) > _KNOWN_MAX:
                del self._newest[next(iter(self._newest))]
        return now_ms - since_ms > max(_SHORTEST_MS, _TARGETS * 1_000 * int(target[1]))


def _last_address(playlist: bytes) -> bytes:
    lines = (line.strip() for line in reversed(playlist.splitlines()))
    return next((line for line in lines if line and not line.startswith(b"#")), b"")
