"""One episode in the list of a course."""

from dataclasses import dataclass

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.widgets import rounding
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet
from tvclient.words import _


@dataclass(frozen=True, slots=True)
class EpisodeLook:
    """`counted` once it has been counted, `current` while it is the one to go on with."""

    number: str
    title: str
    length: str
    counted: bool
    current: bool
    on_box: bool


class EpisodeRow(Sheet):
    """848×80; number, title, state, length."""

    REPAINT_ON = ("look", "focused")
    look = ObjectProperty(None, allownone=True)
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        look: EpisodeLook | None = self.look
        if look is None:
            return
        y = -theme.LIFT if self.focused else 0
        self._paint_plate(brush, y, look.current)
        strong = look.current or self.focused
        number_ink = theme.FOCUS_TEXT if self.focused else theme.PAPER if look.current else theme.PAPER3
        brush.text(24, y, 56, 80, look.number, Writing(theme.BODY_BOLD, number_ink, "center"))
        title_ink = theme.FOCUS_TEXT if self.focused else theme.PAPER
        title_w = 432 if look.counted or look.current else 590
        brush.text(96, y, title_w, 80, look.title, Writing(theme.BODY.as_bold(strong), title_ink))
        self._paint_state(brush, y, look)
        length_ink = theme.FOCUS_TEXT2 if self.focused else theme.PAPER3
        brush.text(704, y, 120, 80, look.length, Writing(theme.META, length_ink, "right"))

    def _paint_plate(self, brush: Brush, y: int, current: bool) -> None:
        width, height = theme.EPISODE_ROW
        fill = theme.FOCUS if self.focused else theme.INK2 if current else theme.INK1
        radius = theme.RADIUS_TILE
        if not (self.focused or current):
            brush.box(0, y, width, height, fill, radius)
            return
        brush.box(0, y, 2 * radius, height, theme.VERM, radius, rounding.LEFT)
        brush.box(theme.SPINE, y, width - theme.SPINE, height, fill, radius, rounding.RIGHT)

    def _paint_state(self, brush: Brush, y: int, look: EpisodeLook) -> None:
        words = ""
        ink = theme.FOCUS_TEXT if self.focused else theme.PAPER
        if look.current:
            brush.icon(548, y + 26, 28, "play", theme.VERM_FILL if self.focused else theme.VERM)
            words = _("正在学")
        elif look.counted:
            ink = theme.FOCUS_TEXT if self.focused else theme.GOLD
            brush.icon(544, y + 22, 36, "check", theme.VERM_FILL if self.focused else ink)
            words = _("已计入")
        brush.text(590, y, 112, 80, words, Writing(theme.META, ink))
