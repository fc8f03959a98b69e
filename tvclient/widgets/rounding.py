"""Rounded rectangles with smooth edges, drawn as nine patches of one small texture.

The software renderer has no multisampling worth its price, so the curve is smoothed once, in the texture.
"""

from functools import cache
from math import hypot
from typing import NamedTuple

from kivy.graphics import BorderImage, Color, InstructionGroup
from kivy.graphics.texture import Texture

from tvclient.theme import Rgba


class Corners(NamedTuple):
    """Which corners are round."""

    top_left: bool = True
    top_right: bool = True
    bottom_right: bool = True
    bottom_left: bool = True


ALL = Corners()
TOP = Corners(bottom_right=False, bottom_left=False)
BOTTOM = Corners(top_left=False, top_right=False)
LEFT = Corners(top_right=False, bottom_right=False)
RIGHT = Corners(top_left=False, bottom_left=False)
BOTTOM_LEFT = Corners(False, False, False, True)
BOTTOM_RIGHT = Corners(False, False, True, False)


def corner_alpha(radius: int, x: int, y: int, width: int = 0) -> int:
    """Alpha 0–255 of pixel x, y of a top left corner; with `width`, of a line of that many px inside it."""
    distance = hypot(radius - x - 0.5, radius - y - 0.5)
    filled = min(1.0, max(0.0, radius - distance + 0.5))
    if width:
        filled -= min(1.0, max(0.0, radius - width - distance + 0.5))
    return round(255 * filled)


def mask(radius: int, corners: Corners, width: int = 0) -> list[list[int]]:
    """Rows of alpha, 2·radius + 2 px square: four corners and two straight px between them."""
    side = 2 * radius + 2
    rows = []
    for y in range(side):
        from_y = min(y, side - 1 - y)
        row = []
        for x in range(side):
            from_x = min(x, side - 1 - x)
            top, left = y < radius, x < radius
            is_round = corners[(0 if left else 1) if top else (3 if left else 2)]
            if is_round and from_x < radius and from_y < radius:
                row.append(corner_alpha(radius, from_x, from_y, width))
            else:
                row.append(255 if not width or min(from_x, from_y) < width else 0)
        rows.append(row)
    return rows


@cache
def patch(radius: int, corners: Corners, width: int = 0) -> Texture:
    """The mask as a white texture."""
    rows = mask(radius, corners, width)
    texture = Texture.create(size=(len(rows), len(rows)), colorfmt="rgba")
    pixels = b"".join(bytes((255, 255, 255, alpha)) for row in rows for alpha in row)
    texture.blit_buffer(pixels, colorfmt="rgba", bufferfmt="ubyte")
    return texture


class RoundedBox:
    """One rounded rectangle, filled (`width` 0) or as an outline, as a group of canvas instructions."""

    def __init__(self, radius: int, corners: Corners = ALL, width: int = 0) -> None:
        self.group = InstructionGroup()
        self._colour = Color(0, 0, 0, 0)
        border = [radius] * 4
        self._image = BorderImage(
            border=border,
            display_border=border,
            texture=patch(radius, corners, width),
            pos=(0, 0),
            size=(0, 0),
        )
        self.group.add(self._colour)
        self.group.add(self._image)

    def place(self, x: float, y: float, w: float, h: float) -> None:
        """Where it is, px in the part."""
        self._image.pos = (x, y)
        self._image.size = (w, h)

    def tint(self, colour: Rgba) -> None:
        """Its colour; with alpha 0 nothing is seen."""
        self._colour.rgba = colour
