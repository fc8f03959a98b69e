"""Decoded pictures: cut out, made half as large, made a texture that can be drawn small."""

from dataclasses import dataclass

from kivy.core.image import ImageData, _img_sdl2
from kivy.graphics.texture import Texture

from tvclient.errors import TvError
from tvclient.widgets.picture_size import picture_size

RGB, RGBA = 3, 4
PIXELS_MAX = 9_000_000  # a screen of 3840×2160; a few bytes of PNG may stand for a gigabyte of them


@dataclass(frozen=True, slots=True)
class Pixels:
    """RGBA rows from the top, without padding."""

    w: int
    h: int
    data: bytes


def decoded(data: bytes) -> Pixels:
    """Raises TvError if the bytes are no PNG or JPEG, or stand for more than a box can hold in its memory."""
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


def part_of(pixels: Pixels, x: int, y: int, w: int, h: int) -> Pixels:
    """`w`×`h` px of a picture from `x` and `y` on, counted from its upper left corner."""
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


def small_too(pixels: Pixels) -> Texture:
    """A texture whose thin strokes hold together at a fraction of its size.

    OpenGL would make its smaller levels as well, but a software renderer takes a tenth of a second to
    compile what does it.
    """
    first, *smaller = levels(padded(pixels))
    # Of a picture whose sides are powers of two, Kivy lets each level be told with its first pixels.
    texture = Texture.create_from_data(ImageData(first.w, first.h, "rgba", first.data))
    texture.min_filter = "linear_mipmap_linear"
    for number, level in enumerate(smaller, 1):
        texture.blit_buffer(
            level.data,
            size=(level.w, level.h),
            colorfmt="rgba",
            mipmap_level=number,
            mipmap_generation=False,
        )
    return texture.get_region(0, 0, pixels.w, pixels.h)


def padded(pixels: Pixels) -> Pixels:
    """On the right and below clear ones are added up to a power of two."""
    w, h = (1 << (side - 1).bit_length() for side in (pixels.w, pixels.h))
    row, clear = pixels.w * RGBA, bytes((w - pixels.w) * RGBA)
    rows = (pixels.data[y * row : (y + 1) * row] for y in range(pixels.h))
    return Pixels(w, h, clear.join((*rows, b"")) + bytes(w * RGBA * (h - pixels.h)))


def levels(pixels: Pixels) -> list[Pixels]:
    """The picture, and all of its halves down to one pixel; along a side of one pixel nothing is halved."""
    found = [pixels]
    while (last := found[-1]).w > 1 or last.h > 1:
        w, h = max(1, last.w // 2), max(1, last.h // 2)
        found.append(halved(last) if min(last.w, last.h) > 1 else Pixels(w, h, last.data[: w * h * RGBA]))
    return found
