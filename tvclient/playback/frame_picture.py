"""The picture as something that Kivy draws by itself, where no window can be laid over its own."""

from collections.abc import Callable, Sequence
from typing import Any

from tvclient.playback.frame_format import FrameFormat
from tvclient.playback.frame_output import FrameOutput
from tvclient.playback.frame_shape import Shape
from tvclient.playback.frame_stack import Frame
from tvclient.playback.picture import Later, Puts
from tvclient.remote.rect import Rect


class FramePicture:
    """A Picture made of frames, for a widget that follows it.

    `deliver` has something done on the drawing thread. Panels are simply drawn over the picture.
    """

    def __init__(self, deliver: Callable[[Callable[[], None]], None]) -> None:
        self._output = FrameOutput(lambda: deliver(self._changed))
        self._changed: Callable[[], None] = lambda: None
        self.area = Rect(0, 0, 0, 0)
        self.shown = False

    def follow(self, changed: Callable[[], None]) -> None:
        """`changed` is called, on the drawing thread, whenever something else is to be seen."""
        self._changed = changed

    def take(self) -> Frame | None:
        """The newest frame, if it was not taken yet."""
        return self._output.take()

    def spot(self, frame_format: FrameFormat) -> Rect:
        """Where in the area frames of this format belong."""
        return fitted(self.area, frame_format.width, frame_format.height, self._output.shape)

    def attach(self, media_player: Any, later: Later) -> Puts:
        return self._output.attach(media_player, later)

    def place(self, place: Rect) -> None:
        self.area = place
        self._changed()

    def show(self, panels: Sequence[Rect]) -> None:
        if not self.shown:
            self._set_shown(True)

    def hide(self) -> None:
        if self.shown:
            self._set_shown(False)

    @property
    def unseen(self) -> int:
        return self._output.unseen

    def close(self) -> None:
        self._changed = lambda: None
        self._set_shown(False)

    def _set_shown(self, shown: bool) -> None:
        self.shown = shown
        self._output.want(shown)
        self._changed()


def fitted(area: Rect, width: int, height: int, pixel: Shape) -> Rect:
    """The largest rectangle of the picture's proportions, centred in `area`::

    ┌──┬────────┬──┐     ┌──────────────┐
    │  │  4:3   │  │     ├──────────────┤
    │  │        │  │     │    2.35:1    │
    │  │        │  │     ├──────────────┤
    └──┴────────┴──┘     └──────────────┘
    """
    across, down = width * pixel.across, height * pixel.down
    if across * area.h >= down * area.w:
        w, h = area.w, round(area.w * down / across)
    else:
        w, h = round(area.h * across / down), area.h
    return Rect(area.x + (area.w - w) // 2, area.y + (area.h - h) // 2, w, h)
