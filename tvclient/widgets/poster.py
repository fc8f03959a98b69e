"""The large cover of one course."""

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush
from tvclient.widgets.cover_pixels import POSTER_CUT, CoverCut
from tvclient.widgets.covers import Covers
from tvclient.widgets.sheet import Sheet

BOOK = 160


class Poster(Sheet):
    """As large as `cut`; until the cover has come, or without one, the category's tint under a book."""

    REPAINT_ON = ("cover", "category", "covers", "cut")
    covers: Covers | None = ObjectProperty(None, allownone=True)
    cover: Any = StringProperty(None, allownone=True)
    category = StringProperty("")
    cut: CoverCut = ObjectProperty(POSTER_CUT)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        found = self.covers.get(self.cover, self.cut, self.repaint) if self.covers else None
        if found is not None:
            brush.picture(0, 0, width, height, found)
            return
        tint = theme.TINTS.get(self.category, theme.TINT_OTHER)
        brush.box(0, 0, width, height, tint, theme.RADIUS_CARD, self.cut.corners)
        brush.icon((width - BOOK) // 2, (height - BOOK) // 2, BOOK, "book", theme.TINT_BOOK)
