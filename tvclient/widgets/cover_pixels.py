"""The pixels of a course cover: decoded, no larger than its box needs, cut to it, its corners rounded."""

from typing import NamedTuple

from tvclient.widgets.pixels import RGBA, Pixels, decoded, halved, part_of
from tvclient.widgets.rounding import ALL, LEFT, TOP, Corners, corner_alpha

FINE_ENOUGH = 2  # px of the picture for one of the screen; as many or more are halved until there are fewer


class CoverCut(NamedTuple):
    """The box a cover fills: its proportions, and its round corners in px of the box."""

    w: int
    h: int
    radius: int
    corners: Corners


TILE_CUT = CoverCut(320, 180, 12, TOP)
POSTER_CUT = CoverCut(640, 384, 16, ALL)
SIDE_CUT = CoverCut(536, 312, 16, LEFT)


def cut_cover(data: bytes, cut: CoverCut, density: int = 1) -> Pixels:
    """Decode a picture, cut it to the proportions of its box at its middle, round its corners.

    `density` is how many px of the screen stand for one of the box. Raises TvError if the bytes are no PNG
    or JPEG, or stand for more than a box can hold in its memory.
    """
    pixels = cropped(decoded(data), cut)
    while pixels.w >= FINE_ENOUGH * density * cut.w:
        pixels = halved(pixels)
    return rounded(pixels, cut)


def cropped(pixels: Pixels, cut: CoverCut) -> Pixels:
    """The middle of the picture in the proportions of the box."""
    w = min(pixels.w, round(pixels.h * cut.w / cut.h))
    h = min(pixels.h, round(pixels.w * cut.h / cut.w))
    return part_of(pixels, (pixels.w - w) // 2, (pixels.h - h) // 2, w, h)


def rounded(pixels: Pixels, cut: CoverCut) -> Pixels:
    """The same with transparent corners; the radius grows with the picture's size."""
    radius = round(cut.radius * pixels.w / cut.w)
    data = bytearray(pixels.data)
    last_x, last_y = pixels.w - 1, pixels.h - 1
    for y in range(min(radius, pixels.h)):
        for x in range(min(radius, pixels.w)):
            alpha = corner_alpha(radius, x, y)
            for is_round, px, py in zip(
                cut.corners, (x, last_x - x, last_x - x, x), (y, y, last_y - y, last_y - y), strict=True
            ):
                if is_round:
                    data[(py * pixels.w + px) * RGBA + 3] = alpha
    return Pixels(pixels.w, pixels.h, bytes(data))
