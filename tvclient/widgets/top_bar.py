"""The line at the top of a screen: where one is, this month's hours, the state of the box, the time."""

from dataclasses import dataclass

from kivy.properties import ObjectProperty

from tvclient import theme
from tvclient.state.durations import Amount
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.chip import Mark, paint_mark
from tvclient.widgets.icons import baked_texture
from tvclient.widgets.sheet import Sheet
from tvclient.words import _

CHIP_RIGHT = 1424
SEAL_PX = 56  # 64 would touch the ring of the first tab below it
LABEL = theme.META


@dataclass(frozen=True, slots=True)
class BarLook:
    """Left side: the `station` behind the seal, or a `crumb` to go back to, or a page `title`."""

    clock: str
    date: str
    mark: Mark | None = None
    station: str | None = None
    crumb: str | None = None
    title: str | None = None
    subtitle: str = ""
    hours: Amount | None = None


class TopBar(Sheet):
    """Its `rect` is the whole screen's, so that its places are those of the design's tables."""

    REPAINT_ON = ("look",)
    look = ObjectProperty(None, allownone=True)

    def paint(self, brush: Brush) -> None:
        look: BarLook | None = self.look
        if look is None:
            return
        brush.text(1664, 52, 160, 72, look.clock, Writing(theme.TITLE, theme.PAPER, "right"))
        brush.text(1440, 54, 208, 68, look.date, Writing(LABEL, theme.PAPER3, "right"))
        left = CHIP_RIGHT
        if look.mark is not None:
            left -= look.mark.width_px
            paint_mark(brush, left, 60, look.mark)
        if look.hours is not None:
            left = self._paint_hours(brush, left, look.hours)
        self._paint_left(brush, look, left - 24)

    def _paint_hours(self, brush: Brush, right: int, hours: Amount) -> int:
        unit_x = right - 40 - text_width(hours.unit, LABEL)
        brush.text(unit_x, 60, right - unit_x, 56, hours.unit, Writing(LABEL, theme.GOLD))
        figure_w = text_width(hours.figure, theme.FIGURE)
        figure_x = unit_x - 8 - figure_w
        brush.text(figure_x, 54, figure_w + 2, 64, hours.figure, Writing(theme.FIGURE, theme.GOLD))
        label = _("本月有效学时")
        label_x = figure_x - 20 - text_width(label, LABEL)
        brush.text(label_x, 60, figure_x - label_x, 56, label, Writing(LABEL, theme.PAPER3))
        return label_x

    def _paint_left(self, brush: Brush, look: BarLook, right: int) -> None:
        x = theme.SAFE_X
        if look.station is not None:
            brush.picture(x, 60, SEAL_PX, SEAL_PX, baked_texture("seal_256.png"))
            brush.text(172, 56, right - 172, 64, look.station, Writing(theme.SUBTITLE))
        elif look.crumb is not None:
            brush.icon(x - 4, 70, 36, "chev_l", theme.PAPER3)
            brush.text(136, 58, right - 136, 60, look.crumb, Writing(theme.BODY, theme.PAPER3))
        elif look.title is not None:
            brush.text(x, 52, right - x, 72, look.title, Writing(theme.TITLE))
            after = x + text_width(look.title, theme.TITLE) + 28
            brush.text(after, 58, right - after, 66, look.subtitle, Writing(theme.BODY, theme.PAPER3))
