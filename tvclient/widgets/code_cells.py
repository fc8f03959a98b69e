"""Twelve cells for an activation code, in three groups of four."""

from kivy.properties import BooleanProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet

CELLS = 12
CELL_W, PITCH, GROUP_GAP = 36, 42, 26
GROUP = 4


class CodeCells(Sheet):
    """550×88; the next cell is underlined in vermilion while the field is `active`."""

    REPAINT_ON = ("code", "active")
    code = StringProperty("")
    active = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        for number in range(CELLS):
            x = PITCH * number + GROUP_GAP * (number // GROUP)
            if number < len(self.code):
                digit = Writing(theme.FIGURE, theme.PAPER, "center")
                brush.text(x, 0, CELL_W, 80, self.code[number], digit)
            brush.box(x, 70, CELL_W, 4, self._line(number), 2)

    def _line(self, number: int) -> theme.Rgba:
        if number < len(self.code):
            return theme.INK3
        return theme.VERM if self.active and number == len(self.code) else theme.CELL_LINE
