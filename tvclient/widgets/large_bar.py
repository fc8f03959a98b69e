"""The line at the top of home in large mode: the station, this month's hours or what is wrong, the time."""

from dataclasses import dataclass

from kivy.properties import ObjectProperty

from tvclient import theme
from tvclient.state.durations import Amount
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.chip import Mark
from tvclient.widgets.icons import baked_texture
from tvclient.widgets.sheet import Sheet
from tvclient.words import _

SEAL, NAME_X = 80, 200
CLOCK_X, MIDDLE_RIGHT = 1600, 1544
GAP, ICON = 24, 52


@dataclass(frozen=True, slots=True)
class LargeBarLook:
    """`trouble` stands in the place of the hours."""

    clock: str
    station: str
    hours: Amount | None = None
    trouble: Mark | None = None


class LargeBar(Sheet):
    """Its `rect` is the whole screen's."""

    REPAINT_ON = ("look",)
    look = ObjectProperty(None, allownone=True)

    def paint(self, brush: Brush) -> None:
        look: LargeBarLook | None = self.look
        if look is None:
            return
        clock = Writing(theme.CLOCK_LARGE, theme.PAPER, "right")
        brush.text(CLOCK_X, 52, theme.DESIGN_W - theme.SAFE_X - CLOCK_X, 88, look.clock, clock)
        left = MIDDLE_RIGHT
        if look.trouble is not None:
            left = self._paint_trouble(brush, look.trouble)
        elif look.hours is not None:
            left = self._paint_hours(brush, look.hours)
        brush.picture(theme.SAFE_X, 56, SEAL, SEAL, baked_texture("seal_256.png"))
        brush.text(NAME_X, 56, left - GAP - NAME_X, 80, look.station, Writing(theme.TITLE))

    def _paint_trouble(self, brush: Brush, trouble: Mark) -> int:
        """Returns where the room left of it ends."""
        width = text_width(trouble.words, theme.LABEL_LARGE)
        left = MIDDLE_RIGHT - width
        ink = trouble.icon_colour
        brush.text(left, 60, width, 80, trouble.words, Writing(theme.LABEL_LARGE, ink))
        brush.icon(left - GAP // 2 - ICON, 72, ICON, trouble.icon, ink)
        return left - GAP // 2 - ICON

    def _paint_hours(self, brush: Brush, hours: Amount) -> int:
        """Returns where the room left of them ends."""
        unit_w = text_width(hours.unit, theme.LABEL_LARGE)
        unit_x = MIDDLE_RIGHT - unit_w
        brush.text(unit_x, 62, unit_w, 80, hours.unit, Writing(theme.LABEL_LARGE, theme.GOLD))
        figure_w = text_width(hours.figure, theme.FIGURE_LARGE)
        figure_x = unit_x - 12 - figure_w
        brush.text(figure_x, 56, figure_w, 84, hours.figure, Writing(theme.FIGURE_LARGE, theme.GOLD))
        label = _("本月学时")
        label_w = text_width(label, theme.LABEL_LARGE)
        label_x = figure_x - GAP - label_w
        brush.text(label_x, 60, label_w, 80, label, Writing(theme.LABEL_LARGE, theme.PAPER2))
        return label_x
