"""The focus ring: one for a screen, it moves to whatever has the focus."""

from collections.abc import Mapping

from kivy.properties import NumericProperty

from tvclient import theme
from tvclient.widgets.brush import Brush
from tvclient.widgets.part import Part
from tvclient.widgets.sheet import Sheet


class Ring(Sheet):
    """6 px of paper around an object with a gap of 4 px that shows the page."""

    REPAINT_ON = ("radius_px",)
    radius_px = NumericProperty(theme.RADIUS_TILE)

    def surround(self, x: float, y: float, w: float, h: float, radius_px: int) -> None:
        """Go around the object with this rectangle and corner radius, in the ring's parent."""
        out = theme.RING_OUT
        self.radius_px = radius_px
        self.rect = [x - out, y - out, w + 2 * out, h + 2 * out]
        self.shown = True

    def lift_one(self, parts: Mapping[str, Part], focus_id: str | None, radius_px: int) -> None:
        """Of parts that can have the focus, by id, lift and surround the one that has it; the rest lie."""
        for name, part in parts.items():
            part.focused = name == focus_id
            if part.focused:
                x, y, w, h = part.rect
                self.surround(x, y - theme.LIFT, w, h, radius_px)

    def paint(self, brush: Brush) -> None:
        radius = int(self.radius_px) + theme.RING_OUT
        brush.outline(0, 0, self.rect[2], self.rect[3], theme.FOCUS, radius, theme.RING_W)
