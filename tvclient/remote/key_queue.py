"""The one queue of key presses, with repeats of our own making."""

from collections import deque
from dataclasses import dataclass

from tvclient.remote.key import Key
from tvclient.remote.key_signal import Holding

FIRST_REPEAT_MS = 400
# From the first of these repeats on, this much until the next one.
REPEAT_STEPS_MS = ((1, 120), (6, 80), (14, 50))

# The signs of life of a held key are the source's own repeats: X11 begins after 660 ms, evdev after 250,
# and HDMI-CEC sends one at least every 500 ms. A press later than that means that a release was lost.
FIRST_SIGN_WITHIN_MS = 1000
NEXT_SIGN_WITHIN_MS = 600
# A source that never repeats gives no sign at all: it may hold this long, and a lost release runs as long.
WITHOUT_SIGN_MS = 2000
# Nobody holds a key for so long: it is jammed, or something lies on the remote.
STUCK_AFTER_MS = 60_000

# More than anybody presses while a frame is late; a chattering key must not pile up.
PENDING_LIMIT = 32


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One press to act on; `repeat` is 0 for the press itself, then 1, 2, 3… while it is held."""

    key: Key
    repeat: int


@dataclass(slots=True)
class _Hold:
    key: Key
    since_ms: int
    sign_ms: int
    due_ms: int
    holding: Holding
    repeats: int = 0
    source_repeats: bool = False

    def is_same_press(self, now_ms: int) -> bool:
        limit_ms = NEXT_SIGN_WITHIN_MS if self.source_repeats else FIRST_SIGN_WITHIN_MS
        return now_ms - self.sign_ms <= limit_ms

    def is_alive(self, at_ms: int) -> bool:
        if at_ms - self.since_ms > STUCK_AFTER_MS:
            return False
        if self.holding is Holding.SURE:
            return True
        limit_ms = NEXT_SIGN_WITHIN_MS if self.source_repeats else WITHOUT_SIGN_MS
        return at_ms - self.sign_ms <= limit_ms

    @property
    def repeats_now(self) -> bool:
        return self.key.repeats and (self.source_repeats or self.holding is not Holding.TOLD)


class KeyQueue:
    """Sources put presses and releases in; the frame loop takes events out, once a frame.

    ```
    press                  400 ms                 120     120       80    80    50  50  50
    ├──────────────────────────────────────────────┼───────┼── … ────┼─────┼── … ┼───┼───┼ …  release
    0                                              1       2         6     7    14  15  16
    ```
    Only the keys that repeat do, and only the one pressed last. Its release ends it; so does
    another key, or a source that gives no sign of it any more, if its releases can get lost. A source
    therefore sends a release only when the key really went up, not round each of its own repeats.
    A key that is stuck repeats no longer, and stands in nobody's way.

    All times are monotonic milliseconds. Call from one thread.
    """

    def __init__(self) -> None:
        self._pending: deque[KeyEvent] = deque()
        self._hold: _Hold | None = None

    def press(self, key: Key, now_ms: int, holding: Holding = Holding.GUESSED) -> None:
        """A source says the key went down, or repeats it because it is still down. A key of whose being held
        the source goes on telling repeats only after it was told again."""
        hold = self._hold
        if hold is not None and hold.key is key and hold.is_same_press(now_ms):
            self.sign(key, now_ms)
            return
        self._hold = _Hold(key, now_ms, now_ms, now_ms + FIRST_REPEAT_MS, holding)
        if len(self._pending) < PENDING_LIMIT:
            self._pending.append(KeyEvent(key, 0))

    def sign(self, key: Key, now_ms: int) -> None:
        """A source says the key is still down; nothing unless it is the one pressed last."""
        hold = self._hold
        if hold is not None and hold.key is key:
            if hold.holding is Holding.TOLD and not hold.source_repeats:
                hold.due_ms = max(hold.due_ms, now_ms)
            hold.sign_ms, hold.source_repeats = now_ms, True
            if not hold.is_alive(now_ms):
                self._hold = None

    def release(self, key: Key, now_ms: int) -> None:
        """A source says the key went up; its repeats end."""
        if self._hold is not None and self._hold.key is key:
            self._hold = None

    def take(self, now_ms: int) -> tuple[KeyEvent, ...]:
        """What to act on in this frame, in order, with at most one move or seek in it."""
        events: list[KeyEvent] = []
        moved = False
        while self._pending and not (moved and self._pending[0].key.repeats):
            event = self._pending.popleft()
            moved = moved or event.key.repeats
            events.append(event)
        if not moved:
            events += self._repeat(now_ms)
        return tuple(events)

    def clear(self) -> None:
        """Forgets everything; for a window that loses its keys."""
        self._pending.clear()
        self._hold = None

    @property
    def at_rest(self) -> bool:
        """No key is held, as far as the sources tell, and none waits."""
        return self._hold is None and not self._pending

    def next_due_ms(self) -> int | None:
        """When take() has something to give next (0: now); None while nothing waits or repeats."""
        if self._pending:
            return 0
        hold = self._hold
        if hold is None or not hold.repeats_now or not hold.is_alive(hold.due_ms):
            return None
        return hold.due_ms

    def _repeat(self, now_ms: int) -> list[KeyEvent]:
        hold = self._hold
        if hold is not None and not hold.is_alive(now_ms):
            hold = self._hold = None
        if hold is None or not hold.repeats_now or now_ms < hold.due_ms:
            return []
        hold.repeats += 1
        interval_ms = next(ms for first, ms in reversed(REPEAT_STEPS_MS) if hold.repeats >= first)
        # A late frame is not made up for, or the focus would run on after it.
        on_time_ms = hold.due_ms + interval_ms
        hold.due_ms = on_time_ms if on_time_ms > now_ms else now_ms + interval_ms
        return [KeyEvent(hold.key, hold.repeats)]
