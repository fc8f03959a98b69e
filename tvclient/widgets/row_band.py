"""One row of tiles under its title, as a window onto a list of any length."""

from dataclasses import dataclass
from typing import Any

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.cover_pixels import TILE_CUT
from tvclient.widgets.covers import Covers
from tvclient.widgets.part import Part
from tvclient.widgets.sheet import Sheet
from tvclient.widgets.tile import Tile, TileLook

SEEN = 5  # tiles that fit between the margins
POOL = SEEN + 2  # and one that peeks in at either side
TILES_Y = 64
TALLY_GAP = 20


@dataclass(frozen=True, slots=True)
class RowLook:
    """A title, a tally such as 已学完 1 / 5, and the tiles."""

    id: str
    title: str
    tally: str
    tiles: tuple[TileLook, ...]


class RowTitle(Sheet):
    """The words over a row."""

    def __init__(self, **given: Any) -> None:
        self.look: RowLook | None = None
        super().__init__(**given)

    def paint(self, brush: Brush) -> None:
        if self.look is None:
            return
        title = self.look.title
        brush.text(0, 0, theme.CONTENT_W, 40, title, Writing(theme.ROW_TITLE))
        x = text_width(title, theme.ROW_TITLE) + TALLY_GAP
        brush.text(x, 2, 800, 40, self.look.tally, Writing(theme.META, theme.PAPER3))


class RowBand(Part):
    """`rect` starts at the row's title. Only the tiles in sight have widgets; each keeps its tile while
    the row moves under it, so that a step draws one new tile and no text twice."""

    def __init__(self, covers: Covers, **given: Any) -> None:
        super().__init__(**given)
        self._covers = covers
        # 8 px above its row: the ring of a focused tile would touch the letters.
        self._title = RowTitle(rect=[theme.SAFE_X, -8, theme.CONTENT_W, 40])
        self.add_widget(self._title)
        self._tiles = [Tile(covers, rect=[0, TILES_Y, *theme.TILE], shown=False) for _ in range(POOL)]
        for tile in self._tiles:
            self.add_widget(tile)

    def repaint(self) -> None:
        """Paint the tiles anew, for covers that can be had by now."""
        for tile in self._tiles:
            tile.repaint()

    def show(self, look: RowLook | None, left: int, focused: int | None) -> Tile | None:
        """Show the row from tile `left` on; returns the tile that has the focus."""
        self.shown = look is not None
        if look is None:
            return None
        if self._title.look != look:
            self._title.look = look
            self._title.repaint()
        focused_tile = None
        for index in range(left - 1, left + POOL - 1):
            tile = self._tiles[index % POOL]
            tile.shown = 0 <= index < len(look.tiles)
            if tile.shown:
                tile.rect = [theme.SAFE_X + theme.TILE_PITCH * (index - left), TILES_Y, *theme.TILE]
                tile.look = look.tiles[index]
                tile.focused = index == focused
                focused_tile = tile if tile.focused else focused_tile
        for coming in look.tiles[left + POOL - 1 : left + POOL]:
            self._covers.prepare(coming.cover, TILE_CUT)
        return focused_tile
