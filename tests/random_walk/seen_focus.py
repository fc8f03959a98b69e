"""Whether exactly one thing on a screen looks like the focus."""

from dataclasses import dataclass

from PIL import Image, ImageChops

FOCUS = (0xFF, 0xF8, 0xE8)
"""Of the ring and of what it goes round; nothing else on any screen has this colour."""
AT_LEAST = 1_500
"""Pixels of the smallest ring."""
HOLLOW_MOST = 0.94
"""Of the rectangle round all of it; two rings in different corners leave more of it empty."""


@dataclass(frozen=True, slots=True)
class SeenFocus:
    """What has that colour: how many pixels, in which rectangle."""

    pixels: int
    box: tuple[int, int, int, int] | None

    @property
    def is_one(self) -> bool:
        if self.box is None or self.pixels < AT_LEAST:
            return False
        left, top, right, bottom = self.box
        return self.pixels > (1 - HOLLOW_MOST) * (right - left) * (bottom - top)


def seen_focus(picture: Image.Image) -> SeenFocus:
    """On a screen of 1920×1080."""
    bands = ImageChops.difference(picture, Image.new("RGB", picture.size, FOCUS)).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    mask = most.point(lambda value: 255 if value == 0 else 0)
    return SeenFocus(mask.histogram()[255], mask.getbbox())
