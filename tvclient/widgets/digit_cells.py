"""Six cells for the last digits of a card, or one field for the whole number."""

from kivy.properties import BooleanProperty, ObjectProperty

from study.group_api import SUFFIX_DIGITS
from tvclient import theme
from tvclient.state.check_in_entry import CheckInEntry
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.sheet import Sheet

CELL_W, CELL_H, PITCH = 66, 96, 73
FIELD_W = PITCH * (SUFFIX_DIGITS - 1) + CELL_W
WRITTEN_W = FIELD_W - 24
ROLES = (theme.ROW_TITLE, theme.BODY_BOLD, theme.META_BOLD)
"""The largest in which a whole number fits."""
LINE, NEXT_LINE = 2, 3


class DigitCells(Sheet):
    """431×96; the cell that comes next has a line in vermilion unless it is `closed`."""

    REPAINT_ON = ("entry", "closed")
    entry = ObjectProperty(CheckInEntry())
    closed = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        entry: CheckInEntry = self.entry
        if entry.is_whole:
            self._paint_cell(brush, 0, FIELD_W, is_next=True)
            role = next((role for role in ROLES if text_width(entry.written, role) <= WRITTEN_W), ROLES[-1])
            x = (FIELD_W - WRITTEN_W) // 2
            brush.text(x, 0, WRITTEN_W, CELL_H, entry.written, Writing(role, align="center"))
            return
        for number in range(SUFFIX_DIGITS):
            x = PITCH * number
            self._paint_cell(brush, x, CELL_W, is_next=number == len(entry.digits) and not self.closed)
            digit = entry.digits[number : number + 1]
            brush.text(x, 0, CELL_W, CELL_H, digit, Writing(theme.TITLE, align="center"))

    def _paint_cell(self, brush: Brush, x: int, width: int, *, is_next: bool) -> None:
        line, line_px = (theme.VERM, NEXT_LINE) if is_next else (theme.INK3, LINE)
        brush.box(x, 0, width, CELL_H, theme.INK0, theme.RADIUS_TILE)
        brush.outline(x, 0, width, CELL_H, line, theme.RADIUS_TILE, line_px)
