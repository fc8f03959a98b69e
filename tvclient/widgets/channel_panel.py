"""A channel's number and its name, over the picture at the top left."""

from kivy.properties import StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.sheet import Sheet

HEIGHT = 112
PAD, GAP, EDGE = 36, 28, 2
WIDEST = 1112
"""The volume's panel lies beside it."""
NUMBER, WORDS = theme.TITLE_L, theme.SUBTITLE


class ChannelPanel(Sheet):
    """As wide as its words. Without rounded corners: over a video it is cut out of the picture."""

    REPAINT_ON = ("number", "words")
    number = StringProperty("")
    words = StringProperty("")

    @property
    def size_px(self) -> tuple[int, int]:
        """How large it has to be for what it says."""
        words = GAP + text_width(self.words, WORDS) + 1 if self.words else 0
        return min(WIDEST, 2 * PAD + text_width(self.number, NUMBER) + 1 + words), HEIGHT

    def paint(self, brush: Brush) -> None:
        width = self.rect[2]
        brush.box(0, 0, width, HEIGHT, theme.KEY_LINE)
        brush.box(EDGE, EDGE, width - 2 * EDGE, HEIGHT - 2 * EDGE, theme.INK0)
        number_w = text_width(self.number, NUMBER) + 1
        brush.text(PAD, 0, number_w, HEIGHT, self.number, Writing(NUMBER))
        x = PAD + number_w + GAP
        brush.text(x, 0, max(0, width - PAD - x), HEIGHT, self.words, Writing(WORDS, theme.PAPER2))
