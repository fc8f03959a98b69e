"""A device that tells of more presses than fingers make."""

from collections import deque

# A fast thumb presses every 60 ms, and two hands on a keyboard hardly twice as often.
PRESSES = 12
WITHIN_MS = 200
QUIET_MS = 500
# Held keys need a sign of life now and then only.
REPEAT_EVERY_MS = 100


class Chatter:
    """Judges one device. From the press too many on it is not listened to until it has been silent for
    QUIET_MS, so that neither memory nor the keys of other devices suffer. Monotonic milliseconds."""

    def __init__(self) -> None:
        self._presses: deque[int] = deque(maxlen=PRESSES)
        self._quiet_from_ms: int | None = None
        self._repeat_ms = -REPEAT_EVERY_MS

    @property
    def is_ignored(self) -> bool:
        """Not listened to since its last press."""
        return self._quiet_from_ms is not None

    def hears_press(self, now_ms: int) -> bool:
        """Whether this press is one to act on."""
        if self._has_to_wait(now_ms):
            return False
        if len(self._presses) == PRESSES and now_ms - self._presses[0] < WITHIN_MS:
            self._presses.clear()
            self._quiet_from_ms = now_ms + QUIET_MS
            return False
        self._presses.append(now_ms)
        return True

    def hears_repeat(self, now_ms: int) -> bool:
        """Whether this sign of life of a held key is worth passing on."""
        if self.is_ignored or now_ms - self._repeat_ms < REPEAT_EVERY_MS:
            return False
        self._repeat_ms = now_ms
        return True

    def _has_to_wait(self, now_ms: int) -> bool:
        if self._quiet_from_ms is None:
            return False
        if now_ms >= self._quiet_from_ms:
            self._quiet_from_ms = None
            return False
        self._quiet_from_ms = now_ms + QUIET_MS
        return True
