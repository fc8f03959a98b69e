"""One viewing session in the station record."""

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.state.session_state import SessionRow
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet

SIZE = (1200, 76)
INKS = {
    "paper": theme.PAPER,
    "paper3": theme.PAPER3,
    "gold": theme.GOLD,
    "green": theme.GREEN,
    "verm_text": theme.VERM_TEXT,
}


class SessionLine(Sheet):
    """`row` None draws nothing; with the focus it turns into paper and rises by 4 px."""

    REPAINT_ON = ("row", "focused")
    row = ObjectProperty(None, allownone=True)
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        row: SessionRow | None = self.row
        if row is None:
            return
        height, y = SIZE[1], -theme.LIFT if self.focused else 0
        fill = theme.FOCUS if self.focused else theme.INK1
        paint_plate(brush, (0, y, *SIZE), fill, spined=self.focused)
        meta = self._ink("paper3", theme.FOCUS_TEXT2)
        brush.text(28, y, 168, height, row.when, Writing(theme.META, meta))
        title = Writing(theme.BODY.as_bold(self.focused), self._ink("paper", theme.FOCUS_TEXT))
        brush.text(200, y, 384, height, row.title, title)
        brush.text(592, y, 132, height, row.kind, Writing(theme.META, meta))
        hours = self._ink(row.hours_colour, theme.FOCUS_TEXT)
        brush.text(716, y, 136, height, row.hours, Writing(theme.META_BOLD, hours, "right"))
        state = self._ink(row.mark.colour, theme.FOCUS_TEXT)
        brush.icon(904, y + 20, 36, row.mark.icon, state)
        brush.text(950, y, 244, height, row.mark.words, Writing(theme.META, state))

    def _ink(self, token: str, focused: theme.Rgba) -> theme.Rgba:
        return focused if self.focused else INKS[token]
