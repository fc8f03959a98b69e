"""The pixels of a course cover: decoded, no larger than its box needs, cut to it, its corners rounded."""

from dataclasses import dataclass
from typing import NamedTuple

from kivy.core.image import _img_sdl2

from tvclient.errors import TvError
from tvclient.widgets.picture_size import picture_size
from tvclient.widgets.rounding import ALL, TOP, Corners, corner_alpha

RGB, RGBA = 3, 4
PIXELS_MAX = 9_000_000  # a screen of 3840×2160; a few bytes of PNG may stand for a gigabyte of them
FINE_ENOUGH = 3  # px of the picture for one of the box; more are halved until there are fewer


class CoverCut(NamedTuple):
    """The box a cover fills: its proportions, and its round corners in px of the box."""

    w: int
    h: int
    radius: int
    corners: Corners


TILE_CUT = CoverCut(320, 180, 12, TOP)
POSTER_CUT = CoverCut(640, 384, 16, ALL)


@dataclass(frozen=True, slots=True)
class Pixels:
    """RGBA rows from the top, without padding."""

    w: int
    h: int
    data: bytes


def cut_cover(data: bytes, cut: CoverCut) -> Pixels:
    """Decode a picture, cut it to the proportions of its box at its middle, round its corners.

    Raises TvError if the bytes are no PNG or JPEG, or stand for more than a box can hold in its memory.
    """
    pixels = cropped(_decoded(data), cut)
    while pixels.w >= FINE_ENOUGH * cut.w:
        pixels = halved(pixels)
    return rounded(pixels, cut)


def _decoded(data: bytes) -> Pixels:
    size = picture_size(data)
    if size is not None and size[0] * size[1] > PIXELS_MAX:
        raise TvError(f"封面图片太大（{size[0]}×{size[1]}），改用分类图案代替。")
    found = _img_sdl2.load_from_memory(data)
    if not found:
        raise TvError("封面图片读不出来，改用分类图案代替。")
    w, h, fmt, pixels, row_length = found
    step = RGBA if fmt == "rgba" else RGB if fmt == "rgb" else 0
    if not step:
        raise TvError(f"封面图片的格式 {fmt} 不支持，改用分类图案代替。")
    packed = b"".join(pixels[y * row_length : y * row_length + w * step] for y in range(h))
    if step == RGB:
        wide = bytearray(b"\xff") * (w * h * RGBA)
        for channel in range(RGB):
            wide[channel::RGBA] = packed[channel::RGB]
        packed = bytes(wide)
    return Pixels(w, h, packed)


def cropped(pixels: Pixels, cut: CoverCut) -> Pixels:
    """The middle of the picture in the proportions of the box."""
    w = min(pixels.w, round(pixels.h * cut.w / cut.h))
    h = min(pixels.h, round(pixels.w * cut.h / cut.w))
    x, y = (pixels.w - w) // 2, (pixels.h - h) // 2
    if (w, h) == (pixels.w, pixels.h):
        return pixels
    row = pixels.w * RGBA
    rows = (pixels.data[(y + n) * row + x * RGBA : (y + n) * row + (x + w) * RGBA] for n in range(h))
    return Pixels(w, h, b"".join(rows))


def halved(pixels: Pixels) -> Pixels:
    """Half as wide and as high, each pixel the mean of four; the last of an odd number is left out."""
    row = pixels.w * RGBA
    lines = (pixels.data[y * row : (y + 1) * row] for y in range(pixels.h // 2 * 2))
    means = (_mean(upper, lower) for upper, lower in zip(lines, lines, strict=True))
    w = pixels.w // 2
    columns = (memoryview(line)[: w * 2 * RGBA].cast("I") for line in means)
    return Pixels(w, pixels.h // 2, b"".join(_mean(c[::2].tobytes(), c[1::2].tobytes()) for c in columns))


def _mean(one: bytes, other: bytes) -> bytes:
    """Byte by byte, rounded down; all of them in one sum of whole numbers."""
    a, b = int.from_bytes(one, "little"), int.from_bytes(other, "little")
    low_bits = int.from_bytes(b"\x7f" * len(one), "little")
    return ((a & b) + (((a ^ b) >> 1) & low_bits)).to_bytes(len(one), "little")


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
