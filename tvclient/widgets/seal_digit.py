"""The digit that chooses something in large mode, on a seal."""

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing

SIDE = 72
EDGE = 3


def paint_seal_digit(brush: Brush, x: int, y: int, digit: str) -> None:
    """72×72 px with its top left corner there."""
    brush.box(x, y, SIDE, SIDE, theme.VERM_FILL, theme.RADIUS_TILE)
    brush.outline(x, y, SIDE, SIDE, theme.PAPER, theme.RADIUS_TILE, EDGE)
    brush.text(x, y, SIDE, SIDE, digit, Writing(theme.TITLE, theme.WHITE, "center"))
