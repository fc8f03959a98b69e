"""Whether what is studied counts yet, as a pill: gold once it does."""

from kivy.properties import BooleanProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.sheet import Sheet

ICON_PX, TEXT_X, SPARE = 36, 68, 24


class CountPill(Sheet):
    """Ends at the right edge of its box, as wide as its words."""

    REPAINT_ON = ("counted", "words")
    counted = BooleanProperty(False)
    words = StringProperty("")

    def paint(self, brush: Brush) -> None:
        if not self.words:
            return
        ink = theme.GOLD_INK if self.counted else theme.PAPER
        role = theme.META.as_bold(self.counted)
        width = TEXT_X + text_width(self.words, role) + SPARE
        left = self.rect[2] - width
        brush.box(left, 0, width, theme.CHIP_H, theme.GOLD if self.counted else theme.INK2, theme.CHIP_H // 2)
        brush.icon(left + 20, 10, ICON_PX, "check" if self.counted else "minus_circle", ink)
        brush.text(left + TEXT_X, 0, width - TEXT_X, theme.CHIP_H, self.words, Writing(role, ink))
