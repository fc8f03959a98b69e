"""One result of a search: thumbnail, title with what was typed underlined, one line about it, where it is."""

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.state.search_row import PlaceMark, SearchRow
from tvclient.state.underline import underlined
from tvclient.theme import Type
from tvclient.widgets import rounding
from tvclient.widgets.brush import Brush, Writing, fits, text_width
from tvclient.widgets.cover_pixels import CoverCut
from tvclient.widgets.covers import Covers
from tvclient.widgets.glyphs import glyphs
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet

SIZE = (1024, 168)
CUT = CoverCut(256, 144, theme.RADIUS_BADGE, rounding.ALL)
PAD, TEXT_X, MARK_X = 12, 300, 848
EMBLEM = 64
UNDER_H = 4
SETTINGS: tuple[tuple[Type, int, int, int, int], ...] = (
    (theme.SUBTITLE, 22, 64, 64, 98),
    (theme.ROW_TITLE, 12, 48, 44, 114),
    (theme.META_BOLD, 8, 40, 36, 128),
)
"""For one, two and three lines of title: role, top, pitch, from a line's top to the stroke under it, and
the top of the line about it."""


class ResultRow(Sheet):
    """`rect` is the place at rest, 1024×168; with the focus it turns into paper and rises by 4 px."""

    REPAINT_ON = ("row", "focused")
    row: Any = ObjectProperty(None, allownone=True)
    focused = BooleanProperty(False)

    def __init__(self, covers: Covers, **given: Any) -> None:
        self._covers = covers
        super().__init__(**given)

    def paint(self, brush: Brush) -> None:
        row: SearchRow | None = self.row
        if row is None:
            return
        y = -theme.LIFT if self.focused else 0
        fill = theme.FOCUS if self.focused else theme.INK1
        paint_plate(brush, (0, y, *SIZE), fill, spined=self.focused)
        self._paint_cover(brush, y, row)
        self._paint_words(brush, y, row)
        if row.mark is not None:
            self._paint_mark(brush, y, row.mark)

    def _paint_cover(self, brush: Brush, y: int, row: SearchRow) -> None:
        left, top = PAD + (theme.SPINE if self.focused else 0), y + PAD
        cover = self._covers.get(row.cover, CUT, self.repaint)
        if cover is not None:
            brush.picture(left, top, CUT.w, CUT.h, cover)
            return
        tint = theme.TINTS.get(row.category, theme.TINT_OTHER)
        brush.box(left, top, CUT.w, CUT.h, tint, CUT.radius)
        middle = (left + (CUT.w - EMBLEM) // 2, top + (CUT.h - EMBLEM) // 2)
        brush.icon(*middle, EMBLEM, "book" if row.is_course else "list", theme.TINT_BOOK)

    def _paint_words(self, brush: Brush, y: int, row: SearchRow) -> None:
        room = (MARK_X if row.mark is not None else SIZE[0]) - TEXT_X - 2 * PAD
        fitting = (n for n, held in enumerate(SETTINGS, start=1) if fits(row.title, held[0], room, n))
        count = next(fitting, len(SETTINGS))
        role, top, pitch, under, about_top = SETTINGS[count - 1]
        lines = glyphs().lines(row.title, role, room, count)
        spare = (count - len(lines)) * pitch // 2
        ink = theme.FOCUS_TEXT if self.focused else theme.PAPER
        for number, (line, stretches) in enumerate(
            zip(lines, underlined(row.title, lines, row.underlined), strict=True)
        ):
            line_y = y + top + spare + number * pitch
            brush.text(TEXT_X, line_y, room, pitch, line, Writing(role, ink))
            for start, end in stretches:
                left = text_width(line[:start], role)
                width = text_width(line[:end], role) - left
                brush.box(TEXT_X + left, line_y + under, width, UNDER_H, theme.VERM)
        about = Writing(theme.META, theme.FOCUS_TEXT2 if self.focused else theme.PAPER3)
        brush.text(TEXT_X, y + about_top - spare, room, theme.META.line_px, row.about, about)

    def _paint_mark(self, brush: Brush, y: int, mark: PlaceMark) -> None:
        colour = getattr(theme, mark.colour.upper())
        icon, ink = (theme.VERM_FILL, theme.FOCUS_TEXT) if self.focused else (colour, colour)
        brush.icon(MARK_X, y + 66, 36, mark.icon, icon)
        brush.text(MARK_X + 44, y + 62, 124, 44, mark.words, Writing(theme.META, ink))
