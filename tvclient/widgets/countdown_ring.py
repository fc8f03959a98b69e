"""A ring that empties while something waits, with the seconds in its middle."""

from functools import cache
from math import cos, hypot, pi, sin

from kivy.graphics import Color, Ellipse
from kivy.graphics.texture import Texture
from kivy.properties import NumericProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet

SIDE = 216
MIDDLE_R, STROKE = 98, 12


class CountdownRing(Sheet):
    """`share` of the ring is left, from the top clockwise; `figure` and `unit` stand inside."""

    REPAINT_ON = ("share", "figure", "unit")
    share = NumericProperty(1.0)
    figure = StringProperty("")
    unit = StringProperty("")

    def paint(self, brush: Brush) -> None:
        outer = MIDDLE_R + STROKE // 2
        inset = SIDE // 2 - outer
        brush.box(inset, inset, 2 * outer, 2 * outer, theme.INK1, outer)
        self._arc(brush, 1.0, theme.INK3)
        if self.share > 0:
            self._arc(brush, self.share, theme.PAPER)
            for turn in (0.0, self.share):
                self._cap(brush, turn)
        brush.text(0, 48, SIDE, 88, self.figure, Writing(theme.Type(76, 88, True), theme.PAPER, "center"))
        brush.text(0, 130, SIDE, 40, self.unit, Writing(theme.META, theme.PAPER3, "center"))

    def _arc(self, brush: Brush, share: float, colour: theme.Rgba) -> None:
        # Kivy measures from the axis that points down here; the ring runs clockwise from the top.
        brush.group.add(Color(*colour))
        brush.group.add(
            Ellipse(
                pos=(0, 0),
                size=(SIDE, SIDE),
                angle_start=180 - 360 * share,
                angle_end=180,
                segments=180,
                texture=_annulus(),
            )
        )

    def _cap(self, brush: Brush, turn: float) -> None:
        x = SIDE / 2 + MIDDLE_R * sin(2 * pi * turn)
        y = SIDE / 2 - MIDDLE_R * cos(2 * pi * turn)
        brush.box(x - STROKE / 2, y - STROKE / 2, STROKE, STROKE, theme.PAPER, STROKE // 2)


@cache
def _annulus() -> Texture:
    """A white ring with smooth edges, so that a software renderer needs no multisampling for it."""
    rows = bytearray()
    for y in range(SIDE):
        for x in range(SIDE):
            away = abs(hypot(x + 0.5 - SIDE / 2, y + 0.5 - SIDE / 2) - MIDDLE_R)
            alpha = min(1.0, max(0.0, STROKE / 2 + 0.5 - away))
            rows += bytes((255, 255, 255, round(255 * alpha)))
    texture = Texture.create(size=(SIDE, SIDE), colorfmt="rgba")
    texture.blit_buffer(bytes(rows), colorfmt="rgba", bufferfmt="ubyte")
    return texture
