"""A course or channel on a row: cover, title and one line about it; on paper when it has the focus."""

from dataclasses import dataclass
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.widgets import rounding
from tvclient.widgets.brush import Brush, Writing, line_count, text_width
from tvclient.widgets.cover_pixels import TILE_CUT
from tvclient.widgets.covers import Covers
from tvclient.widgets.plate import paint_plate_below
from tvclient.widgets.sheet import Sheet

PAD, PAD_RIGHT = 16, 8
TOP, TOP_FOCUSED = 12, 14
LINES, LINES_FOCUSED = 2, 7
PROGRESS_H = 10
BADGE_H, BADGE_GAP = 44, 8
EMBLEM = 80


@dataclass(frozen=True, slots=True)
class TileLook:
    """What a tile shows; `progress` from 0 to 1 or None, `badge` = (icon, words) in green;
    `emblem` is the icon that stands in for a cover; without one it is a tile that is still to come."""

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
    hurried = BooleanProperty(False)
    """Tiles rush by under a held key: only covers that are here are shown."""

    def __init__(self, covers: Covers, **given: Any) -> None:
        self._covers = covers
        self._waits = False
        super().__init__(**given)

    @property
    def grown_rect(self) -> tuple[float, float, float, float]:
        """Where it is with the focus, in its parent."""
        width, height = theme.TILE_FOCUSED
        left = self.rect[0] + (theme.TILE[0] - width) // 2
        return (left, self.rect[1] - theme.TILE_LIFT, width, height)

    def on_hurried(self, *_: object) -> None:
        if not self.hurried and self._waits:
            self.repaint()

    def paint(self, brush: Brush) -> None:
        look: TileLook | None = self.look
        if look is None:
            return
        w, h = theme.TILE_FOCUSED if self.focused else theme.TILE
        poster_h = theme.POSTER_FOCUSED[1] if self.focused else theme.POSTER[1]
        x = (theme.TILE[0] - w) // 2
        y = -theme.TILE_LIFT if self.focused else 0
        words = _Words(look, self.focused, w - PAD - PAD_RIGHT)
        # A long title is read whole with the focus: its plate rises over the cover.
        plate_h = min(h, max(h - poster_h, words.height_px))
        self._paint_poster(brush, x, y, w, poster_h)
        self._paint_marks(brush, x, y, w, h - plate_h)
        paint_plate_below(brush, (x, y + h - plate_h, w, plate_h), focused=self.focused)
        words.paint(brush, x + PAD, y + h - plate_h)

    def _paint_poster(self, brush: Brush, x: int, y: int, w: int, h: int) -> None:
        look: TileLook = self.look
        if self.hurried:
            cover = self._covers.held(look.cover, TILE_CUT)
        else:
            cover = self._covers.get(look.cover, TILE_CUT, self.repaint)
        self._waits = cover is None and look.cover is not None
        if cover is not None:
            brush.picture(x, y, w, h, cover)
            return
        tint = theme.TINTS.get(look.category, theme.TINT_OTHER) if look.emblem else theme.INK1
        brush.box(x, y, w, h, tint, theme.RADIUS_TILE, rounding.TOP)
        if look.emblem:
            brush.icon(x + (w - EMBLEM) // 2, y + (h - EMBLEM) // 2, EMBLEM, look.emblem, theme.TINT_BOOK)

    def _paint_marks(self, brush: Brush, x: int, y: int, w: int, h: int) -> None:
        """What lies on the seen part of the cover, at its lower edge."""
        look: TileLook = self.look
        if look.progress is not None:
            brush.box(x, y + h - PROGRESS_H, w, PROGRESS_H, theme.INK0)
            brush.box(x, y + h - PROGRESS_H, round(w * look.progress), PROGRESS_H, theme.GOLD)
            h -= PROGRESS_H
        if look.badge is not None and h >= BADGE_H + 2 * BADGE_GAP:
            self._paint_badge(brush, x + w - BADGE_GAP, y + h - BADGE_GAP - BADGE_H, *look.badge)

    def _paint_badge(self, brush: Brush, right: int, y: int, icon: str, words: str) -> None:
        width = 12 + 28 + 10 + text_width(words, theme.META_BOLD) + 14
        x = right - width
        brush.box(x, y, width, BADGE_H, theme.INK0, theme.RADIUS_BADGE)
        brush.icon(x + 12, y + 8, 28, icon, theme.GREEN)
        brush.text(x + 50, y, width - 50, BADGE_H, words, Writing(theme.META_BOLD, theme.GREEN))


class _Words:
    """What is written on a plate: at rest two lines, with the focus as many as the tile has room for."""

    def __init__(self, look: TileLook, focused: bool, width: int) -> None:
        self._look = look
        self._focused = focused
        self._width = width
        self._role = theme.META.as_bold(focused)
        self._top = TOP_FOCUSED if focused else TOP
        self._lines_max = LINES_FOCUSED if focused else LINES
        self._lines = line_count(look.title, self._role, width, self._lines_max)
        self._has_meta = self._lines + 1 <= self._lines_max and bool(look.meta)

    @property
    def height_px(self) -> int:
        """Of a plate with all of it."""
        return 2 * self._top + (self._lines + self._has_meta) * self._role.line_px

    def paint(self, brush: Brush, x: int, y: int) -> None:
        """`y` is the plate's upper edge."""
        focused, line_px, top = self._focused, self._role.line_px, y + self._top
        title = Writing(self._role, theme.FOCUS_TEXT if focused else theme.PAPER, lines=self._lines_max)
        brush.text(x, top, self._width, self._lines_max * line_px, self._look.title, title)
        if self._has_meta:
            meta = Writing(theme.META, theme.FOCUS_TEXT2 if focused else theme.PAPER3)
            top += max(1, self._lines) * line_px
            brush.text(x, top, self._width, line_px, self._look.meta, meta)
