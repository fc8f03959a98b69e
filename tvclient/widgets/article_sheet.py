"""One page of an article."""

from urllib.parse import urlsplit

from kivy.properties import ObjectProperty

from tvclient import theme
from tvclient.state.article_page import Line, Page, PlacedPicture
from tvclient.state.article_part import Part, PartKind
from tvclient.state.article_sentence import Sentence, stretch_on
from tvclient.theme import Rgba
from tvclient.widgets import rounding
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.cover_pixels import CoverCut
from tvclient.widgets.covers import Covers
from tvclient.widgets.sheet import Sheet

EMBLEM = 96
_STROKE, _STROKE_UP = 6, 10
_SPARE = 40
"""A line that was laid out by its signs may be a px wider than its room; it is not cut."""
_INKS: dict[PartKind, Rgba] = {PartKind.BYLINE: theme.PAPER3, PartKind.PICTURE: theme.PAPER2}


class ArticleSheet(Sheet):
    """Its `rect` has the size that the page was laid out for; `parts` are the article's."""

    REPAINT_ON = ("page", "parts", "sentence")
    covers: Covers | None = ObjectProperty(None, allownone=True)
    page: Page | None = ObjectProperty(None, allownone=True)
    parts: tuple[Part, ...] = ObjectProperty(())
    sentence: Sentence | None = ObjectProperty(None, allownone=True)
    """The one that is read aloud."""

    def paint(self, brush: Brush) -> None:
        if self.page is None:
            return
        for picture in self.page.pictures:
            self._paint_picture(brush, picture)
        for line in self.page.lines:
            self._paint_line(brush, line)

    def _paint_line(self, brush: Brush, line: Line) -> None:
        ink = _INKS.get(self.parts[line.part].kind, theme.PAPER)
        if self.sentence is not None:
            self._paint_stroke(brush, line, self.sentence)
        width = self.rect[2] - line.x_px + _SPARE
        brush.text(line.x_px, line.y_px, width, line.role.line_px, line.text, Writing(line.role, ink))

    def _paint_stroke(self, brush: Brush, line: Line, sentence: Sentence) -> None:
        """Under what of the line is read aloud."""
        found = stretch_on(line, sentence)
        if found is None:
            return
        left = text_width(line.text[: found[0]], line.role)
        width = text_width(line.text[: found[1]], line.role) - left
        y = line.y_px + line.role.line_px - _STROKE_UP
        brush.box(line.x_px + left, y, width, _STROKE, theme.GOLD)

    def _paint_picture(self, brush: Brush, picture: PlacedPicture) -> None:
        x, y, w, h = picture.x_px, picture.y_px, picture.width_px, picture.height_px
        cut = CoverCut(w, h, min(theme.RADIUS_TILE, w // 2, h // 2), rounding.ALL)
        found = self.covers.get(urlsplit(picture.url).path, cut, self.repaint) if self.covers else None
        if found is not None:
            brush.picture(x, y, w, h, found)
            return
        brush.box(x, y, w, h, theme.INK1, cut.radius)
        side = min(EMBLEM, w, h)
        brush.icon(x + (w - side) // 2, y + (h - side) // 2, side, "film", theme.INK3)
