"""A course in large mode: cover with its digit, title in large letters; on paper when it has the focus."""

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from tvclient import theme
from tvclient.widgets import rounding
from tvclient.widgets.brush import Brush, Writing, line_count
from tvclient.widgets.cover_pixels import CoverCut
from tvclient.widgets.covers import Covers
from tvclient.widgets.plate import paint_plate_below
from tvclient.widgets.seal_digit import SIDE, paint_seal_digit
from tvclient.widgets.sheet import Sheet
from tvclient.widgets.tile import PROGRESS_H, TileLook

CUT = CoverCut(544, 240, theme.RADIUS_TILE, rounding.TOP)
PAD, SEAL_AT = 24, 16
LINES, LINES_FOCUSED = 2, 4
EMBLEM, DONE_ICON = 112, 52


class LargeTile(Sheet):
    """`rect` is the place at rest, 544×328; with the focus it grows by 16 px and rises by 12.

    The plate under the cover is as high as its title needs: two lines, with the focus four.
    """

    REPAINT_ON = ("look", "digit", "focused")
    look = ObjectProperty(None, allownone=True)
    digit = StringProperty("")
    focused = BooleanProperty(False)

    def __init__(self, covers: Covers, **given: Any) -> None:
        self._covers = covers
        super().__init__(**given)

    @property
    def grown_rect(self) -> tuple[float, float, float, float]:
        """Where it is with the focus, in its parent."""
        width, height = theme.LARGE_TILE_FOCUSED
        left = self.rect[0] + (theme.LARGE_TILE[0] - width) // 2
        return (left, self.rect[1] - theme.TILE_LIFT, width, height)

    def paint(self, brush: Brush) -> None:
        look: TileLook | None = self.look
        if look is None:
            return
        w, h = theme.LARGE_TILE_FOCUSED if self.focused else theme.LARGE_TILE
        x = (theme.LARGE_TILE[0] - w) // 2
        y = -theme.TILE_LIFT if self.focused else 0
        role = theme.TEXT_LARGE.as_bold(self.focused)
        lines = line_count(look.title, role, w - 2 * PAD, LINES_FOCUSED if self.focused else LINES)
        plate_h = max(theme.LARGE_PLATE_H, lines * role.line_px + PAD)
        self._paint_poster(brush, x, y, w, h - theme.LARGE_PLATE_H)
        self._paint_progress(brush, x, y + h - plate_h, w)
        paint_plate_below(brush, (x, y + h - plate_h, w, plate_h), focused=self.focused)
        ink = theme.FOCUS_TEXT if self.focused else theme.PAPER
        top = y + h - plate_h + (plate_h - lines * role.line_px) // 2
        title = Writing(role, ink, lines=lines)
        brush.text(x + PAD, top, w - 2 * PAD, lines * role.line_px, look.title, title)
        paint_seal_digit(brush, x + SEAL_AT, y + SEAL_AT, self.digit)
        if look.badge is not None:
            self._paint_badge(brush, x + w - SEAL_AT - SIDE, y + SEAL_AT, look.badge[0])

    def _paint_poster(self, brush: Brush, x: int, y: int, w: int, h: int) -> None:
        look: TileLook = self.look
        cover = self._covers.get(look.cover, CUT, self.repaint)
        if cover is not None:
            brush.picture(x, y, w, h, cover)
            return
        tint = theme.TINTS.get(look.category, theme.TINT_OTHER)
        brush.box(x, y, w, h, tint, theme.RADIUS_TILE, rounding.TOP)
        brush.icon(x + (w - EMBLEM) // 2, y + (h - EMBLEM) // 2, EMBLEM, look.emblem, theme.TINT_BOOK)

    def _paint_progress(self, brush: Brush, x: int, bottom: int, w: int) -> None:
        look: TileLook = self.look
        if look.progress is not None:
            brush.box(x, bottom - PROGRESS_H, w, PROGRESS_H, theme.INK0)
            brush.box(x, bottom - PROGRESS_H, round(w * look.progress), PROGRESS_H, theme.GOLD)

    def _paint_badge(self, brush: Brush, x: int, y: int, icon: str) -> None:
        brush.box(x, y, SIDE, SIDE, theme.INK0, theme.RADIUS_TILE)
        inset = (SIDE - DONE_ICON) // 2
        brush.icon(x + inset, y + inset, DONE_ICON, icon, theme.GREEN)
