"""A length of study: what was covered in gold, and a tick where it begins to count."""

from kivy.properties import ListProperty, NumericProperty

from tvclient import theme
from tvclient.widgets.brush import Brush
from tvclient.widgets.sheet import Sheet

TICK_W = 4
TICK_OUT = 8  # px the tick stands out above and below


class StudyBar(Sheet):
    """`stretches` are (start, end) and `tick` a place, all from 0 to 1 of the length; tick < 0 for none."""

    REPAINT_ON = ("stretches", "tick")
    stretches = ListProperty([])
    tick = NumericProperty(-1)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        brush.box(0, 0, width, height, theme.INK3, height // 2)
        for start, end in self.stretches:
            x, stretch_w = round(width * start), max(4, round(width * (end - start)))
            brush.box(x, 0, stretch_w, height, theme.GOLD, min(height, stretch_w) // 2)
        if self.tick >= 0:
            x = round(width * self.tick) - TICK_W // 2
            brush.box(x, -TICK_OUT, TICK_W, height + 2 * TICK_OUT, theme.PAPER, TICK_W // 2)
