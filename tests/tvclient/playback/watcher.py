"""Somebody who looks at a texture's frames without drawing them."""

import threading
import time
from collections.abc import Callable

from tvclient.playback.frame_colours import colours_of
from tvclient.playback.frame_format import FrameFormat
from tvclient.playback.frame_picture import FramePicture
from tvclient.playback.frame_stack import Frame
from tvclient.remote.rect import Rect

AREA = Rect(0, 0, 1920, 1080)
Colour = tuple[int, int, int]


class Watcher:
    """Takes frames in whatever thread brings the news; `picture` is shown."""

    def __init__(self) -> None:
        self._seen = threading.Condition()
        self._formats: list[FrameFormat] = []
        self._last: Frame | None = None
        self.taken = 0
        self.picture = FramePicture(self._deliver)
        self.picture.follow(self._changed)
        self.picture.place(AREA)
        self.picture.show([])

    @property
    def formats(self) -> list[FrameFormat]:
        """Of the frames seen, in order, each once in a row."""
        return self._formats

    def wait(self, for_what: Callable[[], bool], within_s: float = 15.0) -> None:
        with self._seen:
            assert self._seen.wait_for(for_what, within_s), "it was not seen in time"

    @staticmethod
    def wait_until(so: Callable[[], bool], within_s: float = 15.0) -> None:
        """For what no news tells."""
        until = time.monotonic() + within_s
        while not so():
            assert time.monotonic() < until, "it did not come to that in time"
            time.sleep(0.05)

    def spot(self) -> Rect:
        return self.picture.spot(self._formats[-1])

    def colour_at(self, x: float, y: float) -> Colour:
        """Of the last frame, 0–1 from its top left corner, as the shader calculates it."""
        frame = self._last
        assert frame is not None
        found = []
        for plane, (pitch, _lines), part in zip(frame.planes, frame.format.sizes, (1, 2, 2), strict=True):
            row, column = int(y * frame.format.height) // part, int(x * frame.format.width) // part
            found.append(plane[row * pitch + column] / 255)
        colours = colours_of(frame.format)
        light, blue, red = found
        sums = (
            colours.light * light + b * blue + r * red + offset
            for b, r, offset in zip(colours.blue, colours.red, colours.offset, strict=True)
        )
        r, g, b = (round(255 * min(max(each, 0), 1)) for each in sums)
        return r, g, b

    @staticmethod
    def _deliver(call: Callable[[], None]) -> None:
        call()

    def _changed(self) -> None:
        with self._seen:
            frame = self.picture.take()
            if frame is not None:
                self.taken += 1
                self._last = frame
                if not self._formats or self._formats[-1] != frame.format:
                    self._formats.append(frame.format)
            self._seen.notify_all()
