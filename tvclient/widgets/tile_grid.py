"""Lines of tiles as a window onto a list of any length."""

from collections.abc import Mapping
from typing import Any

from tvclient import theme
from tvclient.widgets.covers import Covers
from tvclient.widgets.part import Part
from tvclient.widgets.tile import Tile, TileLook

LINE_PITCH = 320


class TileGrid(Part):
    """`rect` starts at the first line in sight. Each tile keeps its course while the lines move under it,
    so that a step draws one new line and no text twice."""

    def __init__(self, covers: Covers, columns: int, lines: int, **given: Any) -> None:
        super().__init__(**given)
        self._columns = columns
        self._tiles = [Tile(covers, rect=[0, 0, *theme.TILE], shown=False) for _n in range(columns * lines)]
        for tile in self._tiles:
            self.add_widget(tile)

    def repaint(self) -> None:
        """Paint the tiles anew, for covers that can be had by now."""
        for tile in self._tiles:
            tile.repaint()

    def hurry(self, is_hurried: bool) -> None:
        """Whether tiles rush by, so that no covers are fetched."""
        for tile in self._tiles:
            tile.hurried = is_hurried

    def show(self, looks: Mapping[int, TileLook], first_line: int, focused: int | None) -> Tile | None:
        """Show these tiles, by place; returns the one that has the focus."""
        focused_tile = None
        empty = set(range(len(self._tiles)))
        for place, look in looks.items():
            number = place % len(self._tiles)
            empty.discard(number)
            tile = self._tiles[number]
            line, column = divmod(place, self._columns)
            tile.rect = [theme.TILE_PITCH * column, LINE_PITCH * (line - first_line), *theme.TILE]
            tile.look, tile.focused, tile.shown = look, place == focused, True
            focused_tile = tile if tile.focused else focused_tile
        for number in empty:
            self._tiles[number].shown = False
        return focused_tile
