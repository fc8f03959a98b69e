"""A text in a box of fixed size: aligned, broken into a few lines, cut with an ellipsis."""

from kivy.properties import ListProperty, NumericProperty, ObjectProperty, OptionProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, line_count
from tvclient.widgets.sheet import Sheet


class Text(Sheet):
    """`role` gives size, line height and weight."""

    REPAINT_ON = ("text", "role", "colour", "align", "lines")
    text = StringProperty("")
    role = ObjectProperty(theme.BODY)
    colour = ListProperty(theme.PAPER)
    align = OptionProperty("left", options=["left", "center", "right"])
    lines = NumericProperty(1)

    @property
    def line_count(self) -> int:
        """How many lines the text takes in its box."""
        return line_count(self.text, self.role, self.rect[2], int(self.lines))

    def paint(self, brush: Brush) -> None:
        writing = Writing(self.role, tuple(self.colour), self.align, int(self.lines))
        brush.text(0, 0, self.rect[2], self.rect[3], self.text, writing)
