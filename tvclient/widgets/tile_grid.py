"""Lines of tiles as a window onto a list of any length."""

from collections.abc import Mapping, Sequence
from typing import Any

from tvclient import theme
from tvclient.widgets.article_row import PITCH, SIZE, ArticleRow
from tvclient.widgets.covers import Covers
from tvclient.widgets.part import Part
from tvclient.widgets.tile import Tile, TileLook

LINE_PITCH = 320


class TileGrid(Part):
    """`rect` starts at the first line in sight. Each tile keeps its course while the lines move under it,
    so that a step draws one new line and no text twice."""

    def __init__(
        self, tiles: Sequence[Tile | ArticleRow], columns: int, line_pitch: int, **given: Any
    ) -> None:
        """As many tiles as are in sight at once; they become this part's own."""
        super().__init__(**given)
        self.line_pitch = line_pitch
        self._columns = columns
        self._tiles = tiles
        for tile in tiles:
            self.add_widget(tile)

    def repaint(self) -> None:
        """Paint the tiles anew, for covers that can be had by now."""
        for tile in self._tiles:
            tile.repaint()

    def hurry(self, is_hurried: bool) -> None:
        """Whether tiles rush by, so that no covers are fetched."""
        for tile in self._tiles:
            tile.hurried = is_hurried

    def show(
        self, looks: Mapping[int, TileLook], first_line: int, focused: int | None
    ) -> Tile | ArticleRow | None:
        """Show these tiles, by place; returns the one that has the focus."""
        focused_tile = None
        empty = set(range(len(self._tiles)))
        for place, look in looks.items():
            number = place % len(self._tiles)
            empty.discard(number)
            tile = self._tiles[number]
            line, column = divmod(place, self._columns)
            at = (theme.TILE_PITCH * column, self.line_pitch * (line - first_line))
            tile.rect = [*at, *tile.rect[2:]]
            tile.look, tile.focused, tile.shown = look, place == focused, True
            focused_tile = tile if tile.focused else focused_tile
        for number in empty:
            self._tiles[number].shown = False
        return focused_tile


def grid_of_tiles(covers: Covers, columns: int, lines: int) -> TileGrid:
    """Courses beside each other, with their covers."""
    tiles = [Tile(covers, rect=[0, 0, *theme.TILE], shown=False) for _n in range(columns * lines)]
    return TileGrid(tiles, columns, LINE_PITCH)


def grid_of_articles(lines: int) -> TileGrid:
    """Articles under each other, as wide as four tiles."""
    rows = [ArticleRow(rect=[0, 0, *SIZE], shown=False) for _n in range(lines)]
    return TileGrid(rows, 1, PITCH)
