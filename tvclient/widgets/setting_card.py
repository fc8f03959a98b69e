"""One setting: what it is, how it stands, what can be done about it."""

from dataclasses import dataclass

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.theme import Rgba
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet

SIZE = (560, 416)
PAD, ICON, TITLE_X = 40, 48, 108
BLOCKS, BLOCK, BLOCK_PITCH = 10, 40, 48
BAR_H = 16
SWITCH, KNOB = (136, 72), 56


@dataclass(frozen=True, slots=True)
class SettingLook:
    """`value` in large letters, a few lines about it, at the `foot` what OK does; `level` of ten blocks,
    `share` of a bar from 0 to 1, `on` of a switch, each where there is one."""

    icon: str
    title: str
    value: str
    lines: tuple[str, ...] = ()
    foot: str = ""
    value_colour: Rgba = theme.PAPER
    level: int | None = None
    share: float | None = None
    on: bool | None = None


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
        fill = theme.FOCUS if self.focused else theme.INK1
        paint_plate(brush, (0, y, *SIZE), fill, spined=self.focused, radius=theme.RADIUS_CARD)
        width = SIZE[0] - 2 * PAD
        brush.icon(PAD, y + 36, ICON, look.icon, theme.VERM_FILL if self.focused else theme.PAPER2)
        brush.text(TITLE_X, y + 28, SIZE[0] - TITLE_X - PAD, 64, look.title, Writing(theme.SUBTITLE, ink))
        value_ink = ink if self.focused else look.value_colour
        brush.text(PAD, y + 108, width, 72, look.value, Writing(theme.FIGURE, value_ink))
        top = y + 184
        if look.level is not None:
            self._paint_level(brush, top + 8, look.level)
            top += BLOCK + 24
        if look.share is not None:
            self._paint_share(brush, top + 12, look.share)
            top += BAR_H + 36
        if look.on is not None:
            self._paint_switch(brush, y + 108, look.on)
        for number, line in enumerate(look.lines):
            brush.text(PAD, top + 48 * number, width, 44, line, Writing(theme.BODY, second))
        brush.box(PAD, y + 320, width, 2, theme.FOCUS_PRESSED if self.focused else theme.INK3)
        foot = Writing(theme.META_BOLD if self.focused else theme.META, third)
        brush.text(PAD, y + 340, width, 56, look.foot, foot)

    def _inks(self) -> tuple[Rgba, Rgba, Rgba]:
        if self.focused:
            return theme.FOCUS_TEXT, theme.FOCUS_TEXT2, theme.FOCUS_TEXT
        return theme.PAPER, theme.PAPER2, theme.PAPER3

    def _paint_share(self, brush: Brush, y: int, share: float) -> None:
        full, empty = (theme.VERM_FILL, theme.FOCUS_PRESSED) if self.focused else (theme.PAPER2, theme.INK3)
        width = SIZE[0] - 2 * PAD
        brush.box(PAD, y, width, BAR_H, empty, BAR_H // 2)
        brush.box(PAD, y, max(BAR_H, round(width * min(1.0, max(0.0, share)))), BAR_H, full, BAR_H // 2)

    def _paint_switch(self, brush: Brush, y: int, on: bool) -> None:
        width, height = SWITCH
        left, inset = SIZE[0] - PAD - width, (height - KNOB) // 2
        off_fill = theme.FOCUS_TEXT2 if self.focused else theme.INK3
        fill = theme.GREEN if on else off_fill
        brush.box(left, y, width, height, fill, height // 2)
        x = left + width - KNOB - inset if on else left + inset
        brush.box(x, y + inset, KNOB, KNOB, theme.WHITE, KNOB // 2)

    def _paint_level(self, brush: Brush, y: int, level: int) -> None:
        full, empty = (theme.VERM_FILL, theme.FOCUS_PRESSED) if self.focused else (theme.PAPER2, theme.INK3)
        for number in range(BLOCKS):
            colour = full if number < level else empty
            brush.box(PAD + BLOCK_PITCH * number, y, BLOCK, BLOCK, colour, theme.RADIUS_BADGE)
