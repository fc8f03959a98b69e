"""One setting: what it is, how it stands, what can be done about it."""

from dataclasses import dataclass

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.theme import Rgba
from tvclient.widgets import rounding
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet

SIZE = (560, 416)
PAD, ICON, TITLE_X = 40, 48, 108
BLOCKS, BLOCK, BLOCK_PITCH = 10, 40, 48


@dataclass(frozen=True, slots=True)
class SettingLook:
    """`value` in large letters, a few lines about it, at the `foot` what OK does; `level` of ten blocks."""

    icon: str
    title: str
    value: str
    lines: tuple[str, ...] = ()
    foot: str = ""
    value_colour: Rgba = theme.PAPER
    level: int | None = None


class SettingCard(Sheet):
    """560×416; with the focus it turns into paper and rises by 4 px."""

    REPAINT_ON = ("look", "focused")
    look = ObjectProperty(None, allownone=True)
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        look: SettingLook | None = self.look
        if look is None:
            return
        y = -theme.LIFT if self.focused else 0
        ink, second, third = self._inks()
        self._paint_plate(brush, y)
        width = SIZE[0] - 2 * PAD
        brush.icon(PAD, y + 36, ICON, look.icon, theme.VERM_FILL if self.focused else theme.PAPER2)
        brush.text(TITLE_X, y + 28, SIZE[0] - TITLE_X - PAD, 64, look.title, Writing(theme.SUBTITLE, ink))
        value_ink = ink if self.focused else look.value_colour
        brush.text(PAD, y + 108, width, 72, look.value, Writing(theme.FIGURE, value_ink))
        top = y + 184
        if look.level is not None:
            self._paint_level(brush, top + 8, look.level)
            top += BLOCK + 24
        for number, line in enumerate(look.lines):
            brush.text(PAD, top + 48 * number, width, 44, line, Writing(theme.BODY, second))
        brush.box(PAD, y + 320, width, 2, theme.FOCUS_PRESSED if self.focused else theme.INK3)
        foot = Writing(theme.META_BOLD if self.focused else theme.META, third)
        brush.text(PAD, y + 340, width, 56, look.foot, foot)

    def _inks(self) -> tuple[Rgba, Rgba, Rgba]:
        if self.focused:
            return theme.FOCUS_TEXT, theme.FOCUS_TEXT2, theme.FOCUS_TEXT
        return theme.PAPER, theme.PAPER2, theme.PAPER3

    def _paint_plate(self, brush: Brush, y: int) -> None:
        width, height = SIZE
        radius = theme.RADIUS_CARD
        if not self.focused:
            brush.box(0, y, width, height, theme.INK1, radius)
            return
        brush.box(0, y, 2 * radius, height, theme.VERM, radius, rounding.LEFT)
        brush.box(theme.SPINE, y, width - theme.SPINE, height, theme.FOCUS, radius, rounding.RIGHT)

    def _paint_level(self, brush: Brush, y: int, level: int) -> None:
        full, empty = (theme.VERM_FILL, theme.FOCUS_PRESSED) if self.focused else (theme.PAPER2, theme.INK3)
        for number in range(BLOCKS):
            colour = full if number < level else empty
            brush.box(PAD + BLOCK_PITCH * number, y, BLOCK, BLOCK, colour, theme.RADIUS_BADGE)
