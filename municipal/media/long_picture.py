"""Long pictures 长图, made for a phone: cut into pieces that a television shows one after the other."""

from itertools import pairwise

from PIL import Image

_LONG = 2.0
"""From here on, height by width, a picture is long."""
_PIECE = 0.75
"""Height of a piece by its width."""
_WIDEST_PX = 1_100
"""So that no piece is higher than a picture may be."""
_WINDOW_PER_CENT = 15
"""Of a piece's height a cut may lie above or below its place, to go between two lines of writing."""
_SAMPLES = 32
_MARGIN = 3
"""Rows above and below a cut that should be calm as well."""


def piece_count(width_px: int, height_px: int) -> int:
    """In how many pieces a picture of this size is shown; 1 for one that is not long."""
    return 1 if height_px < _LONG * width_px else -(-height_px * 100 // int(_PIECE * 100 * width_px))


def cut_up(image: Image.Image, count: int) -> list[Image.Image]:
    """So many pieces of a long picture, from its top to its foot; all of it, and nothing twice."""
    if image.width > _WIDEST_PX:
        height_px = max(count, round(image.height * _WIDEST_PX / image.width))
        image = image.resize((_WIDEST_PX, height_px), Image.Resampling.LANCZOS)
    edges = [0, *(_calmest_row(image, number, count) for number in range(1, count)), image.height]
    return [image.crop((0, top, image.width, bottom)) for top, bottom in pairwise(edges)]


def _calmest_row(image: Image.Image, number: int, count: int) -> int:
    """The row nearest to where a cut belongs in which there is least to cut through."""
    place = image.height * number // count
    reach = image.height * _WINDOW_PER_CENT // (100 * count)
    top = place - reach
    strip = image.crop((0, top, image.width, place + reach + 1)).convert("L")
    samples = strip.resize((_SAMPLES, strip.height), Image.Resampling.BOX).tobytes()
    rows = [samples[start : start + _SAMPLES] for start in range(0, len(samples), _SAMPLES)]
    unrest = [max(row) - min(row) for row in rows]

    def badness(row: int) -> tuple[int, int]:
        return sum(unrest[max(0, row - _MARGIN) : row + _MARGIN]), abs(row - reach)

    return top + min(range(len(rows)), key=badness)
