"""A course or channel on a row: cover, title and one line about it; on paper when it has the focus."""

from dataclasses import dataclass
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.widgets import rounding
from tvclient.widgets.brush import Brush, Writing, line_count, text_width
from tvclient.widgets.covers import TILE_CUT, Covers
from tvclient.widgets.sheet import Sheet

PAD = 16
PROGRESS_H = 10
BADGE_H = 44
EMBLEM = 80


@dataclass(frozen=True, slots=True)
class TileLook:
    """What a tile shows; `progress` from 0 to 1 or None, `badge` = (icon, words) in green;
    `emblem` is the icon that stands in for a cover."""

    title: str
    meta: str
    category: str
    cover: str | None
    progress: float | None = None
    badge: tuple[str, str] | None = None
    emblem: str = "book"


class Tile(Sheet):
    """`rect` is the place at rest, 320×276; with the focus it grows by 16 px and rises by 12."""

    REPAINT_ON = ("look", "focused")
    look = ObjectProperty(None, allownone=True)
    focused = BooleanProperty(False)

    def __init__(self, covers: Covers, **given: Any) -> None:
        self._covers = covers
        super().__init__(**given)

    @property
    def grown_rect(self) -> tuple[float, float, float, float]:
        """Where it is with the focus, in its parent."""
        width, height = theme.TILE_FOCUSED
        left = self.rect[0] + (theme.TILE[0] - width) // 2
        return (left, self.rect[1] - theme.TILE_LIFT, width, height)

    def paint(self, brush: Brush) -> None:
        if self.look is None:
            return
        grown = theme.TILE_FOCUSED if self.focused else theme.TILE
        poster_w, poster_h = theme.POSTER_FOCUSED if self.focused else theme.POSTER
        x = (theme.TILE[0] - grown[0]) // 2
        y = -theme.TILE_LIFT if self.focused else 0
        self._paint_poster(brush, x, y, poster_w, poster_h)
        self._paint_plate(brush, x, y + poster_h, poster_w, grown[1] - poster_h)

    def _paint_poster(self, brush: Brush, x: int, y: int, w: int, h: int) -> None:
        look: TileLook = self.look
        cover = self._covers.get(look.cover, TILE_CUT, self.repaint)
        if cover is not None:
            brush.picture(x, y, w, h, cover)
        else:
            tint = theme.TINTS.get(look.category, theme.TINT_OTHER)
            brush.box(x, y, w, h, tint, theme.RADIUS_TILE, rounding.TOP)
            brush.icon(x + (w - EMBLEM) // 2, y + (h - EMBLEM) // 2, EMBLEM, look.emblem, theme.TINT_BOOK)
        if look.progress is not None:
            brush.box(x, y + h - PROGRESS_H, w, PROGRESS_H, theme.INK0)
            brush.box(x, y + h - PROGRESS_H, round(w * look.progress), PROGRESS_H, theme.GOLD)
        if look.badge is not None:
            self._paint_badge(brush, x + w - 8, y + h - 8 - BADGE_H, *look.badge)

    def _paint_badge(self, brush: Brush, right: int, y: int, icon: str, words: str) -> None:
        width = 12 + 28 + 10 + text_width(words, theme.META_BOLD) + 14
        x = right - width
        brush.box(x, y, width, BADGE_H, theme.INK0, theme.RADIUS_BADGE)
        brush.icon(x + 12, y + 8, 28, icon, theme.GREEN)
        brush.text(x + 50, y, width - 50, BADGE_H, words, Writing(theme.META_BOLD, theme.GREEN))

    def _paint_plate(self, brush: Brush, x: int, y: int, w: int, h: int) -> None:
        look: TileLook = self.look
        if self.focused:
            brush.box(x, y, 2 * theme.RADIUS_TILE, h, theme.VERM, theme.RADIUS_TILE, rounding.BOTTOM_LEFT)
            spine = theme.SPINE
            brush.box(x + spine, y, w - spine, h, theme.FOCUS, theme.RADIUS_TILE, rounding.BOTTOM_RIGHT)
        else:
            brush.box(x, y, w, h, theme.INK1, theme.RADIUS_TILE, rounding.BOTTOM)
        role = theme.META.as_bold(self.focused)
        left, top, width = x + PAD, y + (14 if self.focused else 12), w - PAD - 8
        title = Writing(role, theme.FOCUS_TEXT if self.focused else theme.PAPER, lines=2)
        brush.text(left, top, width, 2 * role.line_px, look.title, title)
        if line_count(look.title, role, width, 2) == 1:
            meta = Writing(theme.META, theme.FOCUS_TEXT2 if self.focused else theme.PAPER3)
            brush.text(left, top + role.line_px, width, role.line_px, look.meta, meta)
