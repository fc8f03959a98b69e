"""The names of those who are in: five lines of three, each with a tick."""

from kivy.properties import NumericProperty, ObjectProperty

from tvclient import theme
from tvclient.remote.rect import Rect
from tvclient.state.name_window import COLUMNS
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet

PITCH_X, PITCH_Y = 208, 76
PLATE = Rect(-8, 6, 196, 64)
TICK, NAME_X, NAME_W = 36, 48, 136


class NameGrid(Sheet):
    """624×380; `names` are those in sight, `newest` and `focused` places among them, or -1."""

    REPAINT_ON = ("names", "newest", "focused")
    names = ObjectProperty(())
    newest = NumericProperty(-1)
    focused = NumericProperty(-1)

    def paint(self, brush: Brush) -> None:
        for place, name in enumerate(self.names):
            x, y = PITCH_X * (place % COLUMNS), PITCH_Y * (place // COLUMNS)
            is_focused = place == self.focused
            if is_focused:
                box = self.plate(place)
                brush.box(box.x, box.y, box.w, box.h, theme.FOCUS, theme.RADIUS_TILE)
                y -= theme.LIFT
            brush.icon(x, y + 20, TICK, "check", theme.VERM_FILL if is_focused else theme.GREEN)
            ink = theme.FOCUS_TEXT if is_focused else theme.PAPER
            role = theme.ROW_TITLE.as_bold(is_focused or place == self.newest)
            brush.text(x + NAME_X, y, NAME_W, PITCH_Y, name, Writing(role, ink))

    @staticmethod
    def plate(place: int) -> Rect:
        """What the ring goes round, in px of the grid."""
        x, y = PITCH_X * (place % COLUMNS), PITCH_Y * (place // COLUMNS)
        return Rect(PLATE.x + x, PLATE.y + y - theme.LIFT, PLATE.w, PLATE.h)
