"""The results of a search, four in sight of however many there are."""

from collections.abc import Sequence
from typing import Any

from tvclient import theme
from tvclient.state.search_row import SearchRow
from tvclient.widgets.covers import Covers
from tvclient.widgets.part import Part
from tvclient.widgets.result_row import SIZE, ResultRow

SEEN, PITCH = 4, 184

Place = tuple[float, float, float, float]


class ResultList(Part):
    """Rows move under the focus only as far as they must."""

    def __init__(self, covers: Covers, **given: Any) -> None:
        super().__init__(**given)
        self._first = 0
        self._rows = [ResultRow(covers, rect=[0, 0, *SIZE], shown=False) for _n in range(SEEN)]
        for row in self._rows:
            self.add_widget(row)

    @property
    def scrolled_px(self) -> int:
        """How far the list has moved."""
        return self._first * PITCH

    def begin_again(self) -> None:
        """Other results: the first ones are in sight."""
        self._first = 0

    def show(self, rows: Sequence[SearchRow], focused: int | None) -> Place | None:
        """Draw what is in sight; where the focused row lies in this part's parent, if one is."""
        if focused is not None:
            self._first = min(max(self._first, focused - SEEN + 1), focused)
        self._first = max(0, min(self._first, len(rows) - SEEN))
        place = None
        for number in range(SEEN):
            index = self._first + number
            row = self._rows[index % SEEN]
            row.shown = index < len(rows)
            if not row.shown:
                continue
            row.rect = [0, PITCH * number, *SIZE]
            row.row, row.focused = rows[index], index == focused
            if row.focused:
                place = (self.rect[0], self.rect[1] + PITCH * number - theme.LIFT, *SIZE)
        return place
