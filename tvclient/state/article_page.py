"""Pages of an article: lines and pictures with their places, in px from the page's upper left corner."""

from dataclasses import dataclass

from tvclient.theme import Type


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an article that no layout changes: a part, and a character of its text."""

    part: int
    character: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `start` and `end` are its characters in the text of its part."""

    text: str
    role: Type
    x_px: int
    y_px: int
    part: int
    start: int
    end: int

    @property
    def bottom_px(self) -> int:
        return self.y_px + self.role.line_px


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture in its size on the page."""

    url: str
    x_px: int
    y_px: int
    width_px: int
    height_px: int
    part: int

    @property
    def bottom_px(self) -> int:
        return self.y_px + self.height_px


@dataclass(frozen=True, slots=True)
class Page:
    """What is on the screen at once, in reading order."""

    lines: tuple[Line, ...]
    pictures: tuple[PlacedPicture, ...]

    @property
    def first(self) -> Place:
        """The place it begins with."""
        places = [Place(line.part, line.start) for line in self.lines]
        places += [Place(picture.part, 0) for picture in self.pictures]
        return min(places, key=_order, default=Place(0, 0))


def page_at(pages: tuple[Page, ...], place: Place) -> int:
    """The page, counted from 0, that a place is on."""
    found = (number for number, page in enumerate(pages) if _order(page.first) <= _order(place))
    return max(found, default=0)


def _order(place: Place) -> tuple[int, int]:
    return place.part, place.character
