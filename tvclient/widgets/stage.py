"""The picture of 1920×1080 px, fitted into whatever window there is."""

from typing import Any

from kivy.graphics import Scale, Translate

from tvclient import theme
from tvclient.widgets.part import Part


class Stage(Part):
    """Turns the y axis and scales everything inside; keeps the proportions, centred."""

    def __init__(self, **given: Any) -> None:
        self._origin = Translate(0, 0, 0)
        self._scale = Scale(1, -1, 1)
        super().__init__(rect=[0, 0, theme.DESIGN_W, theme.DESIGN_H], **given)
        self.canvas.before.add(self._origin)
        self.canvas.before.add(self._scale)

    def fit(self, width_px: int, height_px: int) -> None:
        """The window has this size now."""
        scale, left, top = fitted_stage(width_px, height_px)
        self._origin.xyz = (left, height_px - top, 0)
        self._scale.xyz = (scale, -scale, 1)


def fitted_stage(width_px: int, height_px: int) -> tuple[float, int, int]:
    """Window px per design px, and where in a window of this size the stage's top left corner lies."""
    scale = min(width_px / theme.DESIGN_W, height_px / theme.DESIGN_H)
    left = round((width_px - theme.DESIGN_W * scale) / 2)
    return scale, left, round((height_px - theme.DESIGN_H * scale) / 2)
