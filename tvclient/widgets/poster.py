"""The large cover of one course."""

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush
from tvclient.widgets.cover_pixels import POSTER_CUT
from tvclient.widgets.covers import Covers
from tvclient.widgets.sheet import Sheet

BOOK = 160


class Poster(Sheet):
    """640×384; until the cover has come, or without one, the category's tint under a book."""

    REPAINT_ON = ("cover", "category", "covers")
    covers: Covers | None = ObjectProperty(None, allownone=True)
    cover: Any = StringProperty(None, allownone=True)
    category = StringProperty("")

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        found = self.covers.get(self.cover, POSTER_CUT, self.repaint) if self.covers else None
        if found is not None:
            brush.picture(0, 0, width, height, found)
            return
        brush.box(0, 0, width, height, theme.TINTS.get(self.category, theme.TINT_OTHER), theme.RADIUS_CARD)
        brush.icon((width - BOOK) // 2, (height - BOOK) // 2, BOOK, "book", theme.TINT_BOOK)
