"""The X11 window libVLC draws into, laid over the television's own window."""

import os
from collections.abc import Sequence
from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.error import CatchError, ConnectionClosedError, DisplayError
from Xlib.ext import shape

from tvclient.playback.cutout import remaining
from tvclient.playback.errors import VideoWindowError
from tvclient.remote.rect import Rect


class VideoWindow:
    """A child of the window `parent_xid` that shows video and takes no input.

    It is made hidden. Rectangles are in pixels of the parent, origin at its top left corner. Where
    cut-outs are set the parent's own pixels are seen. What a call changes is on screen when it returns.

    One thread calls it. Close the player that draws into it first, then this.
    """

    def __init__(self, parent_xid: int, place: Rect, display_name: str | None = None) -> None:
        """Raises VideoWindowError when there is no X server, no such parent or no Shape extension."""
        self._display = _connected(display_name)
        self._place = place
        self._cutouts: tuple[Rect, ...] = ()
        self._shown = False
        try:
            self._window = self._child_of(parent_xid)
        except VideoWindowError:
            self._display.close()
            raise

    @property
    def xid(self) -> int:
        """What the player draws into."""
        return int(self._window.id)

    @property
    def shown(self) -> bool:
        return self._shown

    def show(self) -> None:
        """Lays the window over the parent."""
        if not self._shown:
            self._shown = True
            self._window.map()
            self._display.sync()

    def hide(self) -> None:
        """Takes the window off the screen; the player may go on drawing into it."""
        if self._shown:
            self._shown = False
            self._window.unmap()
            self._display.sync()

    def move(self, place: Rect) -> None:
        """Puts the window elsewhere, or in another size; cut-outs stay where they are on the parent."""
        if place != self._place:
            self._place = place
            self._window.configure(x=place.x, y=place.y, width=max(1, place.w), height=max(1, place.h))
            self._apply_cutouts()

    def set_cutouts(self, cutouts: Sequence[Rect]) -> None:
        """Shows the parent through `cutouts` and video everywhere else; none: video everywhere.

        In one request, so nothing flickers in between. Draw the panel first: what is uncovered is then
        already right, and Kivy is told by the X server to draw it once more.
        """
        if tuple(cutouts) != self._cutouts:
            self._cutouts = tuple(cutouts)
            self._apply_cutouts()

    def close(self) -> None:
        """Destroys the window; nothing else may be called after it."""
        self._shown = False
        self._window.destroy(onerror=CatchError())  # a parent that is gone took it along
        self._display.sync()
        self._display.close()

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

    def _apply_cutouts(self) -> None:
        place = self._place
        inside = [Rect(cut.x - place.x, cut.y - place.y, cut.w, cut.h) for cut in self._cutouts]
        left = [
            {"x": rect.x, "y": rect.y, "width": rect.w, "height": rect.h}
            for rect in remaining(place.w, place.h, inside)
        ]
        self._window.shape_rectangles(shape.SO.Set, shape.SK.Bounding, X.YXBanded, 0, 0, left)
        self._display.sync()


def _connected(display_name: str | None) -> Display:
    try:
        return Display(display_name)
    except (DisplayError, ConnectionClosedError, OSError) as error:
        name = display_name or os.environ.get("DISPLAY", "")
        raise VideoWindowError(f"连不上显示服务（DISPLAY={name}），画面无法显示，请检查显示设置。") from error
