"""The plate under words: plain, or with the vermilion spine of what has the focus or is in use."""

from tvclient import theme
from tvclient.theme import Rgba
from tvclient.widgets import rounding
from tvclient.widgets.brush import Brush
from tvclient.widgets.rounding import Corners

Box = tuple[float, float, float, float]
"""Left, top, width, height in px of the part."""


def paint_plate(brush: Brush, box: Box, fill: Rgba, *, spined: bool, radius: int = theme.RADIUS_TILE) -> None:
    """Rounded at all corners."""
    _paint(brush, box, fill, radius, (rounding.LEFT, rounding.RIGHT) if spined else (rounding.ALL,))


def paint_plate_below(brush: Brush, box: Box, *, focused: bool) -> None:
    """What lies under a picture: rounded at its lower corners; paper with the focus."""
    if focused:
        corners: tuple[Corners, ...] = (rounding.BOTTOM_LEFT, rounding.BOTTOM_RIGHT)
        _paint(brush, box, theme.FOCUS, theme.RADIUS_TILE, corners)
    else:
        _paint(brush, box, theme.INK1, theme.RADIUS_TILE, (rounding.BOTTOM,))


def _paint(brush: Brush, box: Box, fill: Rgba, radius: int, corners: tuple[Corners, ...]) -> None:
    """Two kinds of corners are those of the spine and of the rest."""
    x, y, w, h = box
    if len(corners) > 1:
        brush.box(x, y, 2 * radius, h, theme.VERM, radius, corners[0])
        x, w = x + theme.SPINE, w - theme.SPINE
    brush.box(x, y, w, h, fill, radius, corners[-1])
