"""The days of a month as bars."""

from kivy.properties import ObjectProperty, StringProperty

from tvclient import theme
from tvclient.state.day_scale import LINES
from tvclient.state.record_state import DayBar, RecordState
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.rounding import TOP
from tvclient.widgets.sheet import Sheet

# Places inside the card of 1200×344, from the design's table of station_hours.
AXIS_X, AXIS_W = 80, 1088
BARS_X, BARS_W, BAR_W = 88, 1072, 24
TOP_Y, FULL_H, LABEL_H = 88, 192, 40
NUMBERED = (1, 5, 10, 15, 20, 25, 30)
LABEL = theme.META


class DayChart(Sheet):
    """`state` None draws the empty card."""

    REPAINT_ON = ("state", "title")
    state = ObjectProperty(None, allownone=True)
    title = StringProperty("")

    def paint(self, brush: Brush) -> None:
        state: RecordState | None = self.state
        brush.box(0, 0, self.rect[2], self.rect[3], theme.INK1, theme.RADIUS_CARD)
        brush.text(32, 20, 700, 44, self.title, Writing(LABEL, theme.PAPER2))
        self._lines(brush, state.scale.labels if state else ())
        for bar in state.bars if state else ():
            self._bar(brush, bar, len(state.bars) if state else 0)
        if state is not None and state.today_text:
            self._today(brush, state)

    def _lines(self, brush: Brush, labels: tuple[str, ...]) -> None:
        step = FULL_H // LINES
        for number, label in enumerate(labels, 1):
            y = TOP_Y + FULL_H - number * step
            brush.box(AXIS_X, y, AXIS_W, 2, theme.CARD_LINE)
            brush.text(8, y - 20, 56, LABEL_H, label, Writing(LABEL, theme.PAPER3, "right"))
        brush.box(AXIS_X, TOP_Y + FULL_H, AXIS_W, 2, theme.INK3)

    def _bar(self, brush: Brush, bar: DayBar, days: int) -> None:
        x = _bar_x(bar.number, days)
        if bar.effective_ms > 0:
            height = max(4, round(FULL_H * bar.height))
            colour = theme.GOLD if bar.is_today else theme.GOLD_DIM
            brush.box(x, TOP_Y + FULL_H - height, BAR_W, height, colour, 4 if height >= 8 else 0, TOP)
        if bar.number in NUMBERED:
            ink = Writing(LABEL, theme.PAPER3, "center")
            brush.text(x - 20, TOP_Y + FULL_H + 10, 64, LABEL_H, str(bar.number), ink)

    def _today(self, brush: Brush, state: RecordState) -> None:
        """Right of its bar; at the end of the month over it and the ones before."""
        days, today = len(state.bars), next(bar for bar in state.bars if bar.is_today)
        width = text_width(state.today_text, theme.META_BOLD) + 1
        x, top, above = _bar_x(today.number, days) + BAR_W + 12, today.height, 8
        last_x = self.rect[2] - 16 - width
        if x > last_x:
            x, above = last_x, LABEL_H + 4
            top = max(bar.height for bar in state.bars if _bar_x(bar.number, days) + BAR_W > x)
        # Never over the numbers of the days.
        y = TOP_Y + FULL_H - max(round(FULL_H * top) + above, LABEL_H + 4)
        label = Writing(theme.META_BOLD, theme.GOLD)
        brush.box(x - 4, y + 4, width + 8, LABEL_H, theme.INK1)
        brush.text(x, y, width, 44, state.today_text, label)


def _bar_x(number: int, days: int) -> int:
    return BARS_X + round((number - 1) * BARS_W / max(1, days))
