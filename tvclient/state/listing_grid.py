"""A listing as lines of tiles or rows, of which only the lines round the focus take part."""

from collections.abc import Mapping
from dataclasses import dataclass

from tvclient.remote.direction import Direction
from tvclient.remote.edge import Edge
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.state.page_window import PageWindow

LINES_FOCUSABLE = 12
MARGIN = 2
"""Lines that can be reached beyond the focus before others take part."""
NAME = "tiles"


@dataclass(frozen=True, slots=True)
class GridShape:
    """How many stand beside each other, and how many whole lines are seen; the next one peeks in."""

    columns: int
    lines_seen: int

    @property
    def lines_drawn(self) -> int:
        return self.lines_seen + 1

    @property
    def seen(self) -> int:
        """Tiles on the lines that are seen whole."""
        return self.columns * self.lines_seen


TILES, ROWS = GridShape(columns=4, lines_seen=2), GridShape(columns=1, lines_seen=5)


class ListingGrid:
    """Focus ids are those of the tiles, "course:42", "article:1", or "place:17" for one not here yet.

    ```
    line  0              top ┌──────────────────┐ can take the focus, 12 lines
          :            first │ seen             │
          :                  │ seen ▲ focus     │   nearer than 2 lines to an end that is not the
          :                  │ peeks in         │   listing's own, the window moves
          last               └──────────────────┘
    ```
    """

    def __init__(self, pages: PageWindow, serial: int, shape: GridShape) -> None:
        self.pages = pages
        self.shape = shape
        self.first_line = 0
        self._top = 0
        self._serial = serial
        self.follow()

    @property
    def total(self) -> int:
        """0 while it is not known."""
        return self.pages.total or 0

    @property
    def focus_id(self) -> str:
        """What the place in focus is called now."""
        return self.name(self.pages.place)

    def name(self, place: int) -> str:
        """A tile's own id; a place that is not here yet, or whose tile is somewhere else too, has none."""
        tile = self.pages.tile(place)
        if tile is None or self.pages.place_of(tile["id"]) != place:
            return f"place:{place}"
        return tile["id"]

    def place_of(self, focus_id: str | None) -> int | None:
        """The place a focus id stands for; None for anything else on the screen."""
        if focus_id is None:
            return None
        kind, _colon, number = focus_id.partition(":")
        if kind == "place":
            return int(number)
        return self.pages.place_of(focus_id)

    def look_at(self, place: int) -> bool:
        """Scroll as little as brings it into sight; True if other lines take part now."""
        self.pages.look_at(place)
        return self.follow()

    def onward(self, place: int, step: int) -> int:
        """The place so many further on, in the same column at the ends."""
        last, columns = self.total - 1, self.shape.columns
        if place + step < 0:
            return place % columns
        if place + step <= last:
            return place + step
        return min(last, last // columns * columns + place % columns)

    def follow(self) -> bool:
        """The same after the place or the total has changed by itself."""
        columns = self.shape.columns
        line = self.pages.place // columns
        self.first_line = min(max(self.first_line, line - self.shape.lines_seen + 1), line)
        lines = -(-self.total // columns)
        last_top = max(0, lines - LINES_FOCUSABLE)
        is_near_top = line < self._top + MARGIN and self._top > 0
        is_near_end = line >= self._top + LINES_FOCUSABLE - MARGIN and self._top < last_top
        if is_near_top or is_near_end or self._top > last_top:
            before, self._top = self._top, min(max(0, line - LINES_FOCUSABLE // 2), last_top)
            return self._top != before
        return False

    def group(self, edges: Mapping[Direction, Edge]) -> Group:
        """The lines that can take the focus; entered where the place is."""
        places = self._places()
        leaves = tuple(Leaf(self.name(place)) for place in places)
        inside = self.focus_id if self.pages.place in places else None
        name = f"{NAME}:{self._serial}"
        return Group(name, Kind.GRID, leaves, columns=self.shape.columns, edges=edges, preferred=inside)

    def in_sight(self) -> range:
        """The places that are drawn."""
        start = self.first_line * self.shape.columns
        return range(start, min(start + self.shape.lines_drawn * self.shape.columns, self.total))

    def near(self) -> tuple[int, ...]:
        """The places of the line before those that are drawn, and of the line after them."""
        drawn, columns = self.in_sight(), self.shape.columns
        before = range(max(0, drawn.start - columns), drawn.start)
        return (*before, *range(drawn.stop, min(drawn.stop + columns, self.total)))

    @property
    def is_blank(self) -> bool:
        """Nothing of what is drawn could be had."""
        return self.pages.is_missed and all(self.pages.tile(place) is None for place in self.in_sight())

    def _places(self) -> range:
        start = self._top * self.shape.columns
        return range(start, min(start + LINES_FOCUSABLE * self.shape.columns, self.total))
