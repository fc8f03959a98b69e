"""How far the home screen and each of its rows are scrolled so that the focus is in sight."""

from collections.abc import Mapping, Sequence

from tvclient import theme
from tvclient.widgets.row_band import SEEN

ROWS_SEEN = 2


class HomePlace:
    """Rows and tiles are counted from 0. The focused row is at the first or second place of the page, the
    focused tile among the five between the margins; nothing moves that needs not.

    ```
    row 3  first ─▶ ┌────┐┌────┐┌────┐┌────┐┌────┐ ┐        left = 2: tiles 2–6 are seen
    row 4           └────┘└────┘└─▲──┘└────┘└────┘ ┘ seen
    row 5           peeks in      focus
    ```
    """

    def __init__(self) -> None:
        self.first = 0
        self._rows: list[str] = []
        self._tiles: dict[str, dict[str, int]] = {}
        self._lefts: dict[str, int] = {}
        self._focus: tuple[int, int] | None = None

    def set_rows(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Other rows, as (row id, tile ids); the scroll of rows that are still there stays."""
        self._rows = [row_id for row_id, _ids in rows]
        self._tiles = {row_id: {tile: n for n, tile in enumerate(ids)} for row_id, ids in rows}
        self._lefts = {row: left for row, left in self._lefts.items() if row in self._tiles}
        for row in self._lefts:
            self._lefts[row] = min(self._lefts[row], max(0, len(self._tiles[row]) - SEEN))
        self.first = min(self.first, max(0, len(self._rows) - 1))
        self._focus = None

    def look_at(self, focus_id: str | None) -> None:
        """Scroll as little as brings `row:<id>/<tile>` into sight; any other id scrolls to the top."""
        self._focus = self._find(focus_id)
        if self._focus is None:
            self.first = 0
            return
        row, tile = self._focus
        self.first = min(max(self.first, row - ROWS_SEEN + 1), row)
        left = self._lefts.get(self._rows[row], 0)
        self._lefts[self._rows[row]] = min(max(left, tile - SEEN + 1), tile)

    def left(self, row_id: str) -> int:
        """The first tile of a row between the margins."""
        return self._lefts.get(row_id, 0)

    def focused_in(self, row: int) -> int | None:
        """The focused tile of row number `row`."""
        return self._focus[1] if self._focus and self._focus[0] == row else None

    def scroll(self) -> Mapping[str, int]:
        """Px by container id."""
        rows = {f"row:{row}": left * theme.TILE_PITCH for row, left in self._lefts.items()}
        return {"page": self.first * theme.ROW_PITCH, **rows}

    def _find(self, focus_id: str | None) -> tuple[int, int] | None:
        # The name of a category may have a stroke in it, a tile's has none.
        row_name, _stroke, tile = (focus_id or "").rpartition("/")
        row_id = row_name.removeprefix("row:")
        if not tile or row_id not in self._tiles or tile not in self._tiles[row_id]:
            return None
        return self._rows.index(row_id), self._tiles[row_id][tile]
