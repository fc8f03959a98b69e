"""Whether libVLC is still on its way to the picture that it was sent to."""

from study.units import MonotonicMs

SURE_MS = 100
"""Until then it may be a picture of the place that it comes from; what stands is put out every 80 ms too."""
SHOWN_WITHIN_MS = 500
"""Where no picture comes within this once it has buffered, none comes by itself."""


class Landing:
    """A jump under way. Pure: every call says when it happens.

    A film that is paused before the picture it jumps to is on screen may get none until it goes on, and
    then there is nothing to put out where a panel goes. So a pause waits for the landing::

        jump ──▶ buffered ──▶ put after SURE_MS, or nothing for SHOWN_WITHIN_MS
        ╰──────── under way ───────╯
    """

    def __init__(self) -> None:
        self.is_under_way = False
        self._buffered_ms: int | None = None

    def jump(self) -> None:
        self.is_under_way, self._buffered_ms = True, None

    def drop(self) -> None:
        self.is_under_way = False

    def buffered(self, at_ms: MonotonicMs) -> None:
        if self._buffered_ms is None:
            self._buffered_ms = at_ms

    def put(self, at_ms: MonotonicMs) -> None:
        """A picture was put out, a new one or once more the same."""
        if self._buffered_ms is not None and at_ms - self._buffered_ms >= SURE_MS:
            self.is_under_way = False

    def is_missed(self, at_ms: MonotonicMs) -> bool:
        """Said once: no picture has come, and none is waited for any more."""
        if not self.is_under_way or self._buffered_ms is None:
            return False
        self.is_under_way = at_ms - self._buffered_ms < SHOWN_WITHIN_MS
        return not self.is_under_way
