"""One item of a group study's agenda: its number, what it is, how far it was studied."""

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.state.plan_state import AgendaLook
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet

SIZE = (896, 88)
ICON_PX, TICK_PX = 40, 36
TITLE_X, STATE_W, TICK_W = 160, 176, 44


class AgendaRow(Sheet):
    """896×88; `look` None draws nothing; with the focus it turns into paper and rises by 4 px."""

    REPAINT_ON = ("look", "focused")
    look = ObjectProperty(None, allownone=True)
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        look: AgendaLook | None = self.look
        if look is None:
            return
        width, height = SIZE
        y = -theme.LIFT if self.focused else 0
        fill = theme.FOCUS if self.focused else theme.INK2
        paint_plate(brush, (0, y, width, height), fill, spined=self.focused)
        mark, ink, second = self._inks()
        brush.text(24, y, 56, height, look.number, Writing(theme.BODY_BOLD, second, "center"))
        brush.icon(96, y + (height - ICON_PX) // 2, ICON_PX, look.icon, mark)
        state_x = width - STATE_W - 24
        title = Writing(theme.BODY.as_bold(self.focused), ink)
        brush.text(
            TITLE_X, y, state_x - TITLE_X - (TICK_W if look.done else 0) - 16, height, look.title, title
        )
        if look.done:
            colour = theme.VERM_FILL if self.focused else theme.GREEN
            brush.icon(state_x - TICK_W, y + (height - TICK_PX) // 2, TICK_PX, "check", colour)
        brush.text(state_x, y, STATE_W, height, look.state, Writing(theme.META, second, "right"))

    def _inks(self) -> tuple[theme.Rgba, theme.Rgba, theme.Rgba]:
        if self.focused:
            return theme.VERM_FILL, theme.FOCUS_TEXT, theme.FOCUS_TEXT2
        return theme.PAPER2, theme.PAPER, theme.PAPER3
