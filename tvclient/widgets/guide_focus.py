"""The programme that has the focus in the guide, drawn over its line."""

from kivy.properties import ObjectProperty, StringProperty

from tvclient import theme
from tvclient.widgets import rounding
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.guide_line import SPAN_H, SPAN_Y, TITLE_H, TITLE_Y, first_fitting, fitting
from tvclient.widgets.sheet import Sheet

PAD = 24


class GuideFocus(Sheet):
    """Paper with the spine; below the title the first of `ways` that fits, to say when and what OK does."""

    REPAINT_ON = ("title", "ways")
    title = StringProperty("")
    ways = ObjectProperty(())

    def paint(self, brush: Brush) -> None:
        width, height = int(self.rect[2]), int(self.rect[3])
        radius = theme.RADIUS_TILE
        room = width - PAD - radius
        brush.box(0, 0, 2 * radius, height, theme.VERM, radius, rounding.LEFT)
        brush.box(theme.SPINE, 0, width - theme.SPINE, height, theme.FOCUS, radius, rounding.RIGHT)
        title = Writing(fitting(self.title, room).as_bold(), theme.FOCUS_TEXT)
        brush.text(PAD, TITLE_Y, room, TITLE_H, self.title, title)
        words = first_fitting(self.ways, room)
        brush.text(PAD, SPAN_Y, room, SPAN_H, words, Writing(theme.META, theme.FOCUS_TEXT2))
