"""The look of an article's pages: how large they are, and in which letters they are set."""

from dataclasses import dataclass

from tvclient import theme
from tvclient.state.article_part import Part, PartKind
from tvclient.theme import Type


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes in px; the letters of a text also give the gaps around it."""

    text: Type
    title: Type
    headings: tuple[Type, ...]
    """By level, from 1."""
    byline: Type
    caption: Type
    width_px: int = 1_500
    height_px: int = 836
    beside_px: int = 640
    """The widest picture that text stands beside."""
    gap_px: int = 56
    """Between a picture and what is beside it."""

    def role(self, part: Part) -> Type:
        """The letters a part is set in."""
        match part.kind:
            case PartKind.TITLE:
                return self.title
            case PartKind.HEADING:
                return self.headings[min(part.level, len(self.headings)) - 1]
            case PartKind.PARAGRAPH:
                return self.text
            case PartKind.BYLINE:
                return self.byline
            case PartKind.PICTURE:
                return self.caption

    def gap_before(self, part: Part) -> int:
        """Above a part that does not begin a page."""
        line_px = self.text.line_px
        match part.kind:
            case PartKind.HEADING:
                return line_px * 6 // 10
            case PartKind.BYLINE:
                return 0
            case _:
                return line_px * 3 // 10


NORMAL = Look(
    text=theme.ARTICLE,
    title=theme.TITLE_L,
    headings=(theme.TITLE, theme.ARTICLE.as_bold(), theme.ARTICLE.as_bold()),
    byline=Type(32, 76),
    caption=theme.READING,
)
LARGE = Look(
    text=theme.ARTICLE_LARGE,
    title=Type(72, 96, True),
    headings=(Type(68, 104, True), theme.ARTICLE_LARGE.as_bold(), theme.ARTICLE_LARGE.as_bold()),
    byline=Type(44, 96),
    caption=Type(44, 68),
    beside_px=600,
)
