"""An eye on a place of the screen that sees when its picture moves, whatever the player says."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from Xlib import X
from Xlib.display import Display

from study.units import MonotonicMs
from tvclient.remote.rect import Rect

BLINK_S = 0.05
STILL_MS = 400
"""Two looks further apart than this in time with the same picture mean that it stood."""


@dataclass(frozen=True, slots=True)
class Movement:
    """A stretch in which every look saw another picture."""

    start_ms: MonotonicMs
    end_ms: MonotonicMs


class Eye:
    """Looks about twenty times a second until closed."""

    def __init__(self, display_name: str, place: Rect, clock: Callable[[], MonotonicMs]) -> None:
        self._display = Display(display_name)
        self._place = place
        self._clock = clock
        self._changes: list[MonotonicMs] = []
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="eye")
        self._thread.start()

    @property
    def movements(self) -> list[Movement]:
        seen: list[Movement] = []
        for at_ms in tuple(self._changes):
            if seen and at_ms - seen[-1].end_ms <= STILL_MS:
                seen[-1] = Movement(seen[-1].start_ms, at_ms)
            else:
                seen.append(Movement(at_ms, at_ms))
        return seen

    def close(self) -> None:
        self._closed.set()
        self._thread.join()
        self._display.close()

    def _run(self) -> None:
        root = self._display.screen().root
        before = b""
        while not self._closed.wait(BLINK_S):
            now = bytes(root.get_image(*self._place, X.ZPixmap, 0xFFFFFFFF).data)
            if before not in (b"", now):
                self._changes.append(self._clock())
            before = now
