"""A rectangle of whole layout pixels."""

from collections.abc import Iterable
from typing import NamedTuple


class Rect(NamedTuple):
    """Top-left corner and size in layout pixels, y downwards; right and bottom lie just outside.

    Comes from layout data, in the coordinates of the screen at rest; never from an animated widget.
    """

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The first column to the right of the rectangle."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The first line below the rectangle."""
        return self.y + self.h

    def moved(self, dx: int, dy: int) -> "Rect":
        """The same size, elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def overlaps(self, other: "Rect") -> bool:
        """True if they share at least one pixel; touching edges share none."""
        beside = self.right <= other.x or other.right <= self.x
        return not beside and self.y < other.bottom and other.y < self.bottom

    def cut_to(self, other: "Rect") -> "Rect | None":
        """The part of this rectangle inside the other, or None."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        w, h = min(self.right, other.right) - x, min(self.bottom, other.bottom) - y
        return Rect(x, y, w, h) if w > 0 and h > 0 else None


NOWHERE = Rect(0, 0, 0, 0)


def bounds(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle round all of them, empty ones left out; NOWHERE if there is none."""
    solid = [rect for rect in rects if rect.w > 0 and rect.h > 0]
    if not solid:
        return NOWHERE
    x, y = min(rect.x for rect in solid), min(rect.y for rect in solid)
    return Rect(x, y, max(rect.right for rect in solid) - x, max(rect.bottom for rect in solid) - y)
