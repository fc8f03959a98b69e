"""The picture as an X11 window that libVLC draws into, laid over the television's own window."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.error import BadWindow, CatchError, ConnectionClosedError, DisplayError
from Xlib.ext import shape

from tvclient.playback.cutout import remaining
from tvclient.playback.errors import VideoWindowError
from tvclient.playback.picture import Later, Puts
from tvclient.playback.put_watch import PutWatch
from tvclient.remote.rect import Rect


class VideoWindow:
    """A Picture in a child of the window `parent_xid` that takes no input.

    Rectangles are in pixels of the parent. Where panels are the parent's own pixels are seen. What a call
    changes is on screen when it returns.
    """

    unseen = 0
    """What libVLC puts out is on screen at once."""

    def __init__(self, parent_xid: int, place: Rect, display_name: str | None = None) -> None:
        """Raises VideoWindowError when there is no X server, no such parent or no Shape extension."""
        self._display = _connected(display_name)
        self._place = place
        self._panels: tuple[Rect, ...] = ()
        self._shown = False
        self._watch: PutWatch | None = None
        try:
            self._window = self._child_of(parent_xid)
        except VideoWindowError:
            self._display.close()
            raise

    @property
    def xid(self) -> int:
        return int(self._window.id)

    def attach(self, media_player: Any, later: Later) -> Puts:
        self._stop_watching()
        self._watch = PutWatch(self.xid, self._display.get_display_name())
        media_player.set_xwindow(self.xid)
        return self._watch

    def place(self, place: Rect) -> None:
        """The panels stay where they are on the parent."""
        if place != self._place:
            self._place = place
            self._draw(self._move)

    def show(self, panels: Sequence[Rect]) -> None:
        """In one request, so nothing flickers in between. Draw a panel first: what is uncovered is then
        already right, and Kivy is told by the X server to draw it once more.
        """
        if tuple(panels) != self._panels:
            self._draw(partial(self._cut, tuple(panels)))
        if not self._shown:
            self._shown = True
            self._draw(self._map)

    def hide(self) -> None:
        if self._shown:
            self._shown = False
            self._window.unmap()
            self._display.sync()

    def close(self) -> None:
        self._shown = False
        self._stop_watching()
        self._window.destroy(onerror=CatchError())  # a parent that is gone took it along
        self._display.sync()
        self._display.close()

    def _draw(self, drawing: Callable[[], None]) -> None:
        """Do what has the X server draw in the window; that is no picture."""
        if self._watch is None:
            drawing()
        else:
            self._watch.leave_out(drawing)

    def _move(self) -> None:
        place = self._place
        self._window.configure(x=place.x, y=place.y, width=max(1, place.w), height=max(1, place.h))
        self._cut(self._panels)

    def _map(self) -> None:
        self._window.map()
        self._display.sync()

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _child_of(self, parent_xid: int) -> Any:
        if not self._display.has_extension("SHAPE"):
            raise VideoWindowError("显示服务不支持 Shape 扩展，面板无法叠加在画面上，请更换显示服务。")
        place, refused = self._place, CatchError()
        window = self._display.create_resource_object("window", parent_xid).create_window(
            place.x,
            place.y,
            max(1, place.w),
            max(1, place.h),
            0,
            X.CopyFromParent,
            background_pixel=0,
            event_mask=X.NoEventMask,
            onerror=refused,
        )
        self._display.sync()
        if refused.get_error() is not None:
            raise VideoWindowError(f"主窗口 {parent_xid:#x} 不存在，画面没有地方显示，请重新启动电视端。")
        window.shape_rectangles(shape.SO.Set, shape.SK.Input, X.Unsorted, 0, 0, [])
        self._display.sync()
        return window

    def _cut(self, panels: tuple[Rect, ...]) -> None:
        self._panels, place = panels, self._place
        inside = [Rect(cut.x - place.x, cut.y - place.y, cut.w, cut.h) for cut in panels]
        left = [
            {"x": rect.x, "y": rect.y, "width": rect.w, "height": rect.h}
            for rect in remaining(place.w, place.h, inside)
        ]
        self._keep_pixels()
        self._window.shape_rectangles(shape.SO.Set, shape.SK.Bounding, X.YXBanded, 0, 0, left)
        self._display.sync()

    def _keep_pixels(self) -> None:
        """Where a panel goes, X would clear libVLC's own window inside ours to black until the next picture;
        so the panel is seen until then. Beside the picture there is only ours, which stays black.
        """
        try:
            drawn_into = self._window.query_tree().children
        except BadWindow:  # ours is gone with its parent
            return
        for window in drawn_into:
            window.change_attributes(background_pixmap=X.NONE, onerror=CatchError())  # it may be gone


def _connected(display_name: str | None) -> Display:
    try:
        return Display(display_name)
    except (DisplayError, ConnectionClosedError, OSError) as error:
        name = display_name or os.environ.get("DISPLAY", "")
        raise VideoWindowError(f"连不上显示服务（DISPLAY={name}），画面无法显示，请检查显示设置。") from error
