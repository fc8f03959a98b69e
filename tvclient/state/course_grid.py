"""A listing as a grid of four tiles to a line, of which only the lines round the focus take part."""

from collections.abc import Mapping

from tvclient.remote.direction import Direction
from tvclient.remote.edge import Edge
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.state.page_window import PageWindow

COLUMNS = 4
LINES_SEEN = 2  # whole ones; the next one peeks in
LINES_DRAWN = LINES_SEEN + 1
LINES_FOCUSABLE = 12
MARGIN = 2
"""Lines that can be reached beyond the focus before others take part."""
NAME = "tiles"


class CourseGrid:
    """Focus ids are those of the tiles, "course:42", or "place:17" for one that is not here yet.

    ```
    line  0              top ┌──────────────────┐ can take the focus, 12 lines
          :            first │ seen             │
          :                  │ seen ▲ focus     │   nearer than 2 lines to an end that is not the
          :                  │ peeks in         │   listing's own, the window moves
          last               └──────────────────┘
    ```
    """

    def __init__(self, pages: PageWindow, serial: int) -> None:
        self.pages = pages
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
        """The place so many further on, in the same column at the ends; at most two lines away."""
        last = self.total - 1
        if place + step < 0:
            return place % COLUMNS
        if place + step <= last:
            return place + step
        return min(last, last // COLUMNS * COLUMNS + place % COLUMNS)

    def follow(self) -> bool:
        """The same after the place or the number of courses has changed by itself."""
        line = self.pages.place // COLUMNS
        self.first_line = min(max(self.first_line, line - LINES_SEEN + 1), line)
        lines = -(-self.total // COLUMNS)
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
        return Group(name, Kind.GRID, leaves, columns=COLUMNS, edges=edges, preferred=inside)

    def in_sight(self) -> range:
        """The places that are drawn."""
        start = self.first_line * COLUMNS
        return range(start, min(start + LINES_DRAWN * COLUMNS, self.total))

    @property
    def is_blank(self) -> bool:
        """Nothing of what is drawn could be had."""
        return self.pages.is_missed and all(self.pages.tile(place) is None for place in self.in_sight())

    def _places(self) -> range:
        start = self._top * COLUMNS
        return range(start, min(start + LINES_FOCUSABLE * COLUMNS, self.total))
