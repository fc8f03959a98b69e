"""Short words in columns, line by line."""

from kivy.properties import NumericProperty, ObjectProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet

GAP = 12


class WordColumns(Sheet):
    """As many lines of `line_px` as `words` take in so many `columns`."""

    REPAINT_ON = ("words", "columns", "line_px")
    words = ObjectProperty(())
    columns = NumericProperty(8)
    line_px = NumericProperty(56)

    def paint(self, brush: Brush) -> None:
        pitch = self.rect[2] // self.columns
        for place, word in enumerate(self.words):
            line, column = divmod(place, int(self.columns))
            y = line * self.line_px
            brush.text(column * pitch, y, pitch - GAP, self.line_px, word, Writing(theme.BODY, theme.PAPER2))
