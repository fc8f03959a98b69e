"""The district's ranking round the own station."""

from kivy.properties import ObjectProperty

from tvclient import theme
from tvclient.state.record_state import Rank, RankRow
from tvclient.widgets import rounding
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet
from tvclient.words import _

ROW_X, ROW_W, ROW_H, PITCH, FIRST_Y = 16, 464, 72, 76, 88


class RankCard(Sheet):
    """`rank` None says when it will come."""

    REPAINT_ON = ("rank",)
    rank = ObjectProperty(None, allownone=True)

    def paint(self, brush: Brush) -> None:
        rank: Rank | None = self.rank
        brush.box(0, 0, self.rect[2], self.rect[3], theme.INK1, theme.RADIUS_CARD)
        title = rank.title if rank else _("全区排名")
        brush.text(40, 20, 260, 56, title, Writing(theme.BODY, theme.PAPER2))
        if rank is None:
            words = _("联网后由市平台统计，\n每天更新一次。")
            brush.icon(200, 164, 96, "rank", theme.INK3)
            for number, line in enumerate(words.split("\n")):
                y = 284 + number * 44
                brush.text(40, y, 416, 44, line, Writing(theme.META, theme.PAPER3, "center"))
            return
        brush.text(256, 20, 200, 56, rank.stations, Writing(theme.META, theme.PAPER3, "right"))
        for number, row in enumerate(rank.rows):
            self._row(brush, FIRST_Y + number * PITCH, row)

    def _row(self, brush: Brush, y: int, row: RankRow) -> None:
        if row.own:
            brush.box(ROW_X, y, 24, ROW_H, theme.VERM, theme.RADIUS_TILE, rounding.LEFT)
            brush.box(
                ROW_X + theme.SPINE,
                y,
                ROW_W - theme.SPINE,
                ROW_H,
                theme.INK2,
                theme.RADIUS_TILE,
                rounding.RIGHT,
            )
        number = Writing(theme.BODY_BOLD, theme.PAPER if row.own else theme.PAPER3)
        station = Writing(*((theme.BODY_BOLD, theme.PAPER) if row.own else (theme.META, theme.PAPER2)))
        hours = Writing(*((theme.BODY_BOLD, theme.GOLD) if row.own else (theme.BODY, theme.PAPER2)), "right")
        brush.text(40, y, 56, ROW_H, row.rank, number)
        brush.text(100, y, 262, ROW_H, row.station, station)
        brush.text(356, y, 100, ROW_H, row.hours, hours)
