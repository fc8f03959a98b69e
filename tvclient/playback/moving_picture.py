"""When the picture moved, told from the moments at which one was put out."""

from collections import deque

from study.units import MonotonicMs

FAST_MS = 52
"""libVLC puts a picture that stands out again every 80 ms less the time to draw it; one that moves is put out
more often. Films of fewer than 20 pictures a second look the same either way, and say nothing."""
SLOWED_FAST_MS = 57
"""The same for a film of 25 that is shown slower."""
FAST_MIN = 3
"""A panel that goes makes no more than two such times of one."""
EVEN_MS, EVEN_MIN = 10, 2
"""A movement begins with times so alike, so often; a picture that stands is put out a few
times besides."""
FIRST_EVEN_MS = 4
"""A time less alike than this is none of the movement."""
SURE_MIN = 10
"""After so many it is known that this film's pictures can tell."""
OFTEN, OFTEN_MS = 4, 190
"""A picture that moves is put out so often in so long; one that stands and is uncovered besides is not."""
SLOWED_OFTEN_MS = 225
"""The same for a film that is shown slower; on a busy machine its times are 50 and 60 ms in turn."""
FIRST_MS = 1_000
"""The first pictures of all come unevenly, and move; what was put out so long before is none of them."""
LANDS_MS = 46
"""Asked to begin at a place, libVLC often shows the film's first picture for a moment; what comes less than
this after another follows it in the film."""
LATE_MS, RAGGED_MS = 550, 1_000
"""After so long without a short time it stands; a busy machine loses pictures for longer, and puts out what
it has in no rhythm at all."""
SLOW_EVEN_MS, SLOW_EVEN_MIN = 15, 3
"""The rhythm of a picture that stands."""
SLOW_MS = 2_000
"""A box that shows so long none of what it decodes fast enough is too slow for its pictures to tell."""
ENDS_WITHIN_MS = 2_000
"""So long after a jump or a pause the first long time ends the movement."""
MUTE_MS = 400
"""Even a picture that stands is put out before this is over, if anybody can see it at all."""
FRAME_MS = 40.0
"""How long a picture is seen, until that is known better."""
_SAME_MS = 3
_INERTIA = 8


class MovingPicture:
    """The latest movement of one load's picture.

    ::

        put out    │  │  │  │      │      │    │ │  │  │
                   40 40 40    80     80    55  40 40 40
        moved      ╞══════════╡                ╞════════
    """

    def __init__(self, rate: float = 1.0, *, lands: bool = False) -> None:
        """`lands`: it begins at a place of its own."""
        self.since_ms: MonotonicMs | None = None
        """None before the first movement."""
        self.until_ms = MonotonicMs(0)
        self.moving = False
        self.seen_ms = MonotonicMs(0)
        """When it was last seen to move."""
        self.sure = False
        """That a picture of this load which is not seen to move stands."""
        self._put_ms: int | None = None
        self._first_ms = self._begin_ms = self._second_ms = 0
        self._puts: deque[int] = deque(maxlen=OFTEN)
        self._gap_ms = self._even = self._fast = self._slow = 0
        self._stands = False
        self._fast_ms, self._often_ms = FAST_MS, OFTEN_MS
        self._lands_ms = LANDS_MS / min(rate, 1.0) if lands else FIRST_MS
        self.play_at(rate)
        self._unseen_ms = self._ends_by_ms = 0
        self._frame_ms = FRAME_MS
        self._told = self.until_ms, self.moving

    def play_at(self, rate: float) -> None:
        """Its speed from now on; what libVLC has decoded still comes at the one before."""
        if rate < 1:
            self._fast_ms, self._often_ms = SLOWED_FAST_MS, SLOWED_OFTEN_MS

    def put(self, at_ms: MonotonicMs) -> None:
        """A picture was put out; in order."""
        self.look(at_ms)
        before, self._put_ms = self._put_ms, at_ms
        self._first_ms = self._first_ms or at_ms
        if before is None:
            return
        gap_ms = at_ms - before
        if self.since_ms is None and gap_ms > self._lands_ms:
            self._first_ms = at_ms
        if gap_ms <= _SAME_MS:
            self._put_ms = before
            return
        often = len(self._puts) == self._puts.maxlen and at_ms - self._puts[0] <= self._often_ms
        self._puts.append(at_ms)
        fast, change_ms = gap_ms <= self._fast_ms, abs(gap_ms - self._gap_ms)
        alike = fast and self._fast > 0 and change_ms <= EVEN_MS
        self._even = self._even + 1 if alike else 0
        slow = not fast and change_ms <= SLOW_EVEN_MS
        self._slow = self._slow + 1 if slow else 0
        self._stands = self._stands or self._slow >= SLOW_EVEN_MIN
        self._gap_ms = gap_ms
        self._fast = self._fast + 1 if fast else 0
        if self._fast == 0:
            self.moving = self.moving and before > self._ends_by_ms
            return
        if self._even == 0:
            self._begin_ms, self._second_ms = before, at_ms
        if self.moving and not often and self._fast < FAST_MIN:
            return
        self.sure = self.sure or self._even >= SURE_MIN
        if self._even >= EVEN_MIN and not self.moving:
            self._ends_by_ms = 0
            first_ms = self._first_ms if at_ms - self._first_ms <= FIRST_MS else self._first_new_ms(at_ms)
            self.moving, self.since_ms = True, MonotonicMs(first_ms)
        if self.moving:
            self.seen_ms, self._stands = at_ms, False
            self._frame_ms += (gap_ms - self._frame_ms) / _INERTIA
            self.until_ms = MonotonicMs(at_ms + round(self._frame_ms))

    def expect_end(self, at_ms: MonotonicMs) -> None:
        """A jump, a pause, a stall: it stands or will stand, if only for a moment."""
        self._ends_by_ms = at_ms + ENDS_WITHIN_MS
        self._end_if_overdue(at_ms)
        self._first_ms = -FIRST_MS  # what comes is none of the first pictures of all

    def _end_if_overdue(self, at_ms: MonotonicMs) -> None:
        self.moving = self.moving and at_ms - self.until_ms <= self._fast_ms

    def _first_new_ms(self, at_ms: MonotonicMs) -> int:
        """Of an even row of times the first may be that of the old picture to the first new one."""
        usual_ms = (at_ms - self._second_ms) / EVEN_MIN
        odd_ms = abs(self._second_ms - self._begin_ms - usual_ms)
        return self._begin_ms if odd_ms <= FIRST_EVEN_MS else self._second_ms

    @property
    def unseen(self) -> bool:
        """New pictures were decoded, and none was seen to move since."""
        return self._unseen_ms > self.seen_ms

    def decoded(self, at_ms: MonotonicMs) -> None:
        """There are new pictures."""
        if not self.unseen:
            self._unseen_ms = at_ms
        elif at_ms - self._unseen_ms > SLOW_MS:
            self.sure = False

    def news(self) -> tuple[MonotonicMs, MonotonicMs] | None:
        """Since when and until when it moved, if that is more than was told; also that it stands now."""
        if self.since_ms is None or (self.until_ms, self.moving) == self._told:
            return None
        self._told = self.until_ms, self.moving
        return self.since_ms, self.until_ms

    def look(self, at_ms: MonotonicMs) -> None:
        """Time has gone by."""
        if self.moving and at_ms - self.seen_ms > (LATE_MS if self._stands else RAGGED_MS):
            self.moving = False
        if at_ms <= self._ends_by_ms:
            self._end_if_overdue(at_ms)
        if self._put_ms is not None and at_ms - self._put_ms > MUTE_MS:
            self._put_ms, self._first_ms, self._gap_ms, self._even, self.sure = None, 0, 0, 0, False
