"""The names of those who take part, five lines of three at a time, and which of them has the focus."""

from collections.abc import Sequence

from tvclient import theme
from tvclient.state.name_window import NameWindow
from tvclient.widgets.name_grid import NameGrid
from tvclient.widgets.ring import Ring

PERSON = "person:"


class ShownNames:
    """On a screen's grid, with its ring. Without a focus on them the first ones are seen."""

    def __init__(self, grid: NameGrid, ring: Ring) -> None:
        self._grid = grid
        self._ring = ring
        self.window = NameWindow()

    def show(self, people: Sequence[tuple[int, str]], focus_id: str | None, *, stays: bool) -> None:
        """Member ids and names; `stays` where a card lies over them: nothing scrolls meanwhile."""
        ids = [f"{PERSON}{member_id}" for member_id, _name in people]
        place = ids.index(focus_id) if focus_id in ids else None
        if not stays:
            self.window = self.window.looking_at(len(people), place)
        window, grid = self.window, self._grid
        grid.names = tuple(name for _member_id, name in people[window.first : window.last])
        grid.focused = -1 if place is None else place - window.first
        if place is not None:
            x, y = grid.rect[:2]
            plate = grid.plate(place - window.first)
            self._ring.surround(x + plate.x, y + plate.y, plate.w, plate.h, theme.RADIUS_TILE)
