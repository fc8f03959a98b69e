"""Marks in the four corners of the picture, by which somebody sees whether the set cuts any of it off."""

from tvclient import theme
from tvclient.widgets.brush import Brush
from tvclient.widgets.sheet import Sheet

LENGTH, WIDTH = 80, 8


class Corners(Sheet):
    """Its `rect` is the whole screen's."""

    def paint(self, brush: Brush) -> None:
        right, bottom = theme.DESIGN_W, theme.DESIGN_H
        for x, y in ((0, 0), (right, 0), (0, bottom), (right, bottom)):
            left, top = min(x, right - LENGTH), min(y, bottom - WIDTH)
            brush.box(left, top, LENGTH, WIDTH, theme.GOLD)
            left, top = min(x, right - WIDTH), min(y, bottom - LENGTH)
            brush.box(left, top, WIDTH, LENGTH, theme.GOLD)
