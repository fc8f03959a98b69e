"""The drawn icons and baked pictures as textures."""

import json
from functools import cache
from pathlib import Path

from kivy.core.image import Image as CoreImage
from kivy.graphics.texture import Texture

from tvclient.widgets.pixels import Pixels, decoded, part_of, small_too

ASSETS = Path(__file__).resolve().parent.parent.parent / "assets"
ATLAS = ASSETS / "icons" / "icons96.atlas"
FAILED = "offline.png"
"""The baked picture beside words that say what could not be had."""


@cache
def _icon_sheets() -> dict[str, tuple[Pixels, tuple[int, int, int, int]]]:
    """By name: the picture it is in, and its place there, counted from the lower left corner."""
    sheets: dict[str, tuple[Pixels, tuple[int, int, int, int]]] = {}
    for file_name, places in json.loads(ATLAS.read_text(encoding="utf-8")).items():
        sheet = decoded((ATLAS.parent / file_name).read_bytes())
        sheets |= {name: (sheet, tuple(place)) for name, place in places.items()}
    return sheets


@cache
def icon_texture(name: str) -> Texture:
    """The white icon of this name, as the screen's y axis has it; drawn at 28 to 104 px from 96."""
    sheet, (x, y, w, h) = _icon_sheets()[name]
    return small_too(part_of(sheet, x, sheet.h - y - h, w, h))


@cache
def baked_texture(name: str) -> Texture:
    """A picture of assets/baked, as the screen's y axis has it; drawn smaller than it is."""
    return small_too(decoded((ASSETS / "baked" / name).read_bytes()))


@cache
def background_texture(name: str) -> Texture:
    """A picture that fills the screen, alone or many times side by side. It has no detail to filter, and a
    software renderer pays for every one of two million pixels in every frame: the nearest one is taken, and
    a strip that stays in the processor's cache costs less than a picture of the whole screen."""
    texture = CoreImage(str(ASSETS / "baked" / name)).texture
    texture.min_filter = texture.mag_filter = "nearest"
    texture.flip_vertical()
    return texture
