"""A plain rounded rectangle with an optional border: cards, fields, dividers."""

from kivy.properties import ListProperty, NumericProperty

from tvclient import theme
from tvclient.widgets.brush import Brush
from tvclient.widgets.sheet import Sheet


class Panel(Sheet):
    """`fill` and `line` are colours; `line_px` 0 means no border."""

    REPAINT_ON = ("fill", "line", "line_px", "radius_px")
    fill = ListProperty(theme.CLEAR)
    line = ListProperty(theme.CLEAR)
    line_px = NumericProperty(0)
    radius_px = NumericProperty(0)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        if self.fill[3] > 0:
            brush.box(0, 0, width, height, tuple(self.fill), int(self.radius_px))
        if self.line_px > 0:
            brush.outline(0, 0, width, height, tuple(self.line), int(self.radius_px), int(self.line_px))
