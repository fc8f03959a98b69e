"""Six cells for a PIN; what was typed is dots."""

from kivy.properties import BooleanProperty, NumericProperty

from tvclient import theme
from tvclient.state.pin_entry import DIGITS
from tvclient.widgets.brush import Brush
from tvclient.widgets.sheet import Sheet

CELL_W, CELL_H, PITCH = 88, 104, 104
DOT = 24
LINE, NEXT_LINE = 2, 3


class PinCells(Sheet):
    """608×104; the cell that comes next has a line in vermilion, unless it is `closed`."""

    REPAINT_ON = ("typed", "closed")
    typed = NumericProperty(0)
    closed = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        for number in range(DIGITS):
            x = PITCH * number
            is_next = number == self.typed and not self.closed
            brush.box(x, 0, CELL_W, CELL_H, theme.INK1, theme.RADIUS_CARD)
            line, width = (theme.VERM, NEXT_LINE) if is_next else (theme.INK3, LINE)
            brush.outline(x, 0, CELL_W, CELL_H, line, theme.RADIUS_CARD, width)
            if number < self.typed:
                left, top = x + (CELL_W - DOT) // 2, (CELL_H - DOT) // 2
                brush.box(left, top, DOT, DOT, theme.PAPER, DOT // 2)
