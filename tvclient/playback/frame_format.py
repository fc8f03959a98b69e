"""What libVLC's memory output says of the pictures it is about to write."""

import ctypes
from ctypes import c_bool, c_char, c_int, c_uint, c_void_p
from dataclasses import dataclass
from enum import Enum
from typing import Any

ALIGN_PX = 64
"""Rows of the halved planes, too, have to begin at multiples of 32 bytes."""
HD_ABOVE_LINES = 576
"""Taller pictures that name no matrix are BT.709, others BT.601, as in libVLC itself."""
RGB_CHROMAS = (b"RV", b"RG", b"BG", b"GB", b"AR", b"AB", b"XR", b"XB")


class Matrix(Enum):
    """Weights of red and blue in brightness: ITU-R BT.601, BT.709, BT.2020."""

    BT601 = (0.299, 0.114)
    BT709 = (0.2126, 0.0722)
    BT2020 = (0.2627, 0.0593)


@dataclass(frozen=True, slots=True)
class FrameFormat:
    """I420 of `width` × `height` seen px: a plane of brightness and two of half size for colour.

    Each row of brightness takes `pitch_px` bytes; an even number of `lines` is written.
    """

    width: int
    height: int
    matrix: Matrix
    full_range: bool

    @property
    def pitch_px(self) -> int:
        return -(-self.width // ALIGN_PX) * ALIGN_PX

    @property
    def lines(self) -> int:
        return self.height + self.height % 2

    @property
    def sizes(self) -> tuple[tuple[int, int], ...]:
        """Width and height of the three planes in memory, px = bytes."""
        halved = self.pitch_px // 2, self.lines // 2
        return (self.pitch_px, self.lines), halved, halved

    @property
    def size_bytes(self) -> int:
        return sum(width * height for width, height in self.sizes)


class VideoFormat(ctypes.Structure):
    """The beginning of libVLC 3's video_format_t (vlc_es.h), part of its plugins' binary interface."""

    _fields_ = (
        ("chroma", c_char * 4),
        ("width", c_uint),
        ("height", c_uint),
        ("x_offset", c_uint),
        ("y_offset", c_uint),
        ("visible_width", c_uint),
        ("visible_height", c_uint),
        ("bits_per_pixel", c_uint),
        ("sar", c_uint * 2),
        ("frame_rate", c_uint * 2),
        ("masks", c_uint * 3),
        ("shifts", c_int * 6),
        ("palette", c_void_p),
        ("orientation", c_int),
        ("primaries", c_int),
        ("transfer", c_int),
        ("space", c_int),
        ("full_range", c_bool),
    )


SPACES = {1: Matrix.BT601, 2: Matrix.BT709, 3: Matrix.BT2020}
"""video_color_space_t."""


def read_format(chroma: bytes, width: Any, height: Any) -> FrameFormat:
    """From what the format callback is given: a fourcc and two pointers to unsigned int.

    The public interface tells neither how much of the coded picture is meant to be seen nor its colours.
    libVLC 3 points into its own video_format_t, where all that stands; it is recognised by its shape. In
    any other version the whole coded picture is shown, with the colours usual for its height.
    """
    found = _behind(chroma, width, height)
    full_range = chroma.startswith(b"J")
    if found is None:
        return FrameFormat(width[0], height[0], _usual(height[0]), full_range)
    matrix = SPACES.get(found.space) or _usual(found.visible_height)
    if chroma.startswith(RGB_CHROMAS):  # turned into I420 by libVLC's scaler, which knows this one only
        matrix, full_range = Matrix.BT601, False
    else:
        full_range = full_range or bool(found.full_range)
    return FrameFormat(found.visible_width, found.visible_height, matrix, full_range)


def wanted_chroma(chroma: bytes) -> bytes:
    """What to ask libVLC for, so that it does not squeeze the full range."""
    return b"J420" if chroma.startswith(b"J") else b"I420"


def _usual(height: int) -> Matrix:
    return Matrix.BT709 if height > HD_ABOVE_LINES else Matrix.BT601


def _behind(chroma: bytes, width: Any, height: Any) -> VideoFormat | None:
    at = ctypes.addressof(width.contents)
    if ctypes.addressof(height.contents) - at != VideoFormat.height.offset - VideoFormat.width.offset:
        return None
    start = at - VideoFormat.width.offset
    if ctypes.string_at(start, 4) != chroma:
        return None
    found = VideoFormat.from_address(start)
    fits = 0 < found.visible_width <= found.width and 0 < found.visible_height <= found.height
    return found if fits else None
