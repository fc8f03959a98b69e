"""The picture of 1920×1080 px, fitted into whatever window there is."""

from typing import Any

from kivy.graphics import Scale, ScissorPop, ScissorPush, Translate

from tvclient import theme
from tvclient.remote.rect import Rect
from tvclient.widgets.part import Part


class Stage(Part):
    """Turns the y axis and scales everything inside; keeps the proportions, centred."""

    def __init__(self, **given: Any) -> None:
        self._size_px = (theme.DESIGN_W, theme.DESIGN_H)
        self._limit: Rect | None = None
        self._clip = ScissorPush()
        self._origin = Translate(0, 0, 0)
        self._scale = Scale(1, -1, 1)
        super().__init__(rect=[0, 0, theme.DESIGN_W, theme.DESIGN_H], **given)
        self.canvas.before.add(self._origin)
        self.canvas.before.add(self._scale)
        self.canvas.before.insert(0, self._clip)
        self.canvas.after.add(ScissorPop())
        self._clip_drawing()

    def fit(self, width_px: int, height_px: int, inset_pct: int = 0) -> None:
        """The window has this size now, of which the set may cut off so much at each edge."""
        scale, left, top = fitted_stage(width_px, height_px, inset_pct)
        self._origin.xyz = (left, height_px - top, 0)
        self._scale.xyz = (scale, -scale, 1)
        self._size_px = (width_px, height_px)
        self._clip_drawing()

    def limit(self, limit: Rect | None) -> None:
        """Draw inside this rectangle alone, in px of the window from its top left; None: everywhere.

        To a software renderer what is not drawn costs nothing. What has to be seen again is drawn.
        """
        if limit != self._limit:
            self._limit = limit
            self._clip_drawing()

    def _clip_drawing(self) -> None:
        width, height = self._size_px
        inside = self._limit or Rect(0, 0, width, height)
        self._clip.pos = (inside.x, height - inside.bottom)
        self._clip.size = (inside.w, inside.h)


def fitted_stage(width_px: int, height_px: int, inset_pct: int = 0) -> tuple[float, int, int]:
    """Window px per design px, and where in a window of this size the stage's top left corner lies.

    `inset_pct` of width and height stay empty at each edge.
    """
    share = 1 - 2 * inset_pct / 100
    scale = min(width_px * share / theme.DESIGN_W, height_px * share / theme.DESIGN_H)
    left = round((width_px - theme.DESIGN_W * scale) / 2)
    return scale, left, round((height_px - theme.DESIGN_H * scale) / 2)
