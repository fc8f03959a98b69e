"""The programme that has the focus in the guide, drawn over its line."""

from kivy.properties import ObjectProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.guide_line import SPAN_H, SPAN_Y, TITLE_H, TITLE_Y, first_fitting, fitting
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet

PAD = 24


class GuideFocus(Sheet):
    """Paper with the spine; below the title the first of `ways` that fits, to say when and what OK does."""

    REPAINT_ON = ("title", "ways")
    title = StringProperty("")
    ways = ObjectProperty(())

    def paint(self, brush: Brush) -> None:
        width, height = int(self.rect[2]), int(self.rect[3])
        room = width - PAD - theme.RADIUS_TILE
        paint_plate(brush, (0, 0, width, height), theme.FOCUS, spined=True)
        title = Writing(fitting(self.title, room).as_bold(), theme.FOCUS_TEXT)
        brush.text(PAD, TITLE_Y, room, TITLE_H, self.title, title)
        words = first_fitting(self.ways, room)
        brush.text(PAD, SPAN_Y, room, SPAN_H, words, Writing(theme.META, theme.FOCUS_TEXT2))
