"""What the article screen shows: one page of so many, with the sentence that is read aloud."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tvclient.state.article_layout import MeasureIn, laid_out
from tvclient.state.article_look import Look
from tvclient.state.article_page import Page, Place, page_at
from tvclient.state.article_part import Part
from tvclient.state.article_sentence import Sentence, is_on, sentences_of
from tvclient.words import _


@dataclass(frozen=True, slots=True)
class ArticleState:
    """An article open at a page."""

    parts: tuple[Part, ...]
    pages: tuple[Page, ...]
    sentences: tuple[Sentence, ...]
    number: int = 0
    """Of the page, from 0."""
    reading: int | None = None
    """Of the sentence that is read aloud; None while nobody reads."""
    kept: Place | None = None
    """What stays on the screen in whatever size, until a page is turned."""

    @property
    def page(self) -> Page:
        return self.pages[self.number]

    @property
    def page_words(self) -> str:
        return _("第 {number} 页，共 {count} 页").format(number=self.number + 1, count=len(self.pages))

    @property
    def has_next(self) -> bool:
        return self.number + 1 < len(self.pages)

    @property
    def has_previous(self) -> bool:
        return self.number > 0

    @property
    def share_read(self) -> float:
        """From 0 to 1, with this page."""
        return (self.number + 1) / len(self.pages)

    @property
    def sentence(self) -> Sentence | None:
        """The one read aloud now."""
        return None if self.reading is None else self.sentences[self.reading]

    def turned(self, pages: int) -> "ArticleState":
        """So many pages on, or back; at most to the ends. Who turns by hand takes the voice along."""
        number = max(0, min(len(self.pages) - 1, self.number + pages))
        moved = replace(self, number=number, kept=None)
        return moved if self.reading is None or number == self.number else moved.reading_from_page()

    def at(self, place: Place) -> "ArticleState":
        """The page that a place is on."""
        return replace(self, number=page_at(self.pages, place))

    def reading_from_page(self) -> "ArticleState":
        """Begin to read aloud with the first sentence that begins on this page, or the one that runs over it.

        Nobody reads where nothing is left to be read.
        """
        first = self.page.first
        begins = (n for n, s in enumerate(self.sentences) if _key(s.place) >= _key(first))
        found = next(begins, None)
        if found is None or not is_on(self.page, self.sentences[found]):
            found = next((n for n, s in enumerate(self.sentences) if is_on(self.page, s)), found)
        return self.reading_sentence(found)

    def reading_on(self) -> "ArticleState":
        """The sentence was read: the next one, with the page turned to it; silence behind the last."""
        following = None if self.reading is None else self.reading + 1
        return self.reading_sentence(following if following != len(self.sentences) else None)

    def reading_sentence(self, number: int | None) -> "ArticleState":
        """Read this sentence, on its page; None for silence."""
        if number is None:
            return replace(self, reading=None)
        return replace(self.at(self.sentences[number].place), reading=number)

    def laid_out_anew(self, look: Look, measure: MeasureIn) -> "ArticleState":
        """In another size: what this page begins with, or what is read aloud, stays on the screen."""
        place = (self.kept or self.page.first) if self.sentence is None else self.sentence.place
        return replace(self, pages=laid_out(self.parts, look, measure), kept=place).at(place)


def opened(parts: Sequence[Part], look: Look, measure: MeasureIn) -> ArticleState:
    """The article at its first page; takes a while for a long one, so never on the drawing thread."""
    held = tuple(parts)
    return ArticleState(held, laid_out(held, look, measure), sentences_of(held))


def _key(place: Place) -> tuple[int, int]:
    return place.part, place.character
