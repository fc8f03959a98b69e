"""The drawn icons and baked pictures as textures."""

import json
from functools import cache
from pathlib import Path

from kivy.core.image import Image as CoreImage
from kivy.graphics.texture import Texture

ASSETS = Path(__file__).resolve().parent.parent.parent / "assets"
ATLAS = ASSETS / "icons" / "icons96.atlas"


@cache
def _icon_textures() -> dict[str, Texture]:
    textures = {}
    for file_name, places in json.loads(ATLAS.read_text(encoding="utf-8")).items():
        # Icons are drawn at 28 to 104 px from 96: without mipmaps thin strokes would break up.
        sheet = CoreImage(str(ATLAS.parent / file_name), mipmap=True).texture
        sheet.min_filter = "linear_mipmap_linear"
        for name, place in places.items():
            textures[name] = sheet.get_region(*place)
            textures[name].flip_vertical()
    return textures


def icon_texture(name: str) -> Texture:
    """The white icon of this name, turned for the y axis of the screen."""
    return _icon_textures()[name]


@cache
def baked_texture(name: str) -> Texture:
    """A picture of assets/baked, turned for the y axis of the screen; drawn smaller than it is."""
    texture = CoreImage(str(ASSETS / "baked" / name), mipmap=True).texture
    texture.min_filter = "linear_mipmap_linear"
    texture.flip_vertical()
    return texture


@cache
def background_texture(name: str) -> Texture:
    """A picture that fills the screen, alone or many times side by side. It has no detail to filter, and a
    software renderer pays for every one of two million pixels in every frame: the nearest one is taken, and
    a strip that stays in the processor's cache costs less than a picture of the whole screen."""
    texture = CoreImage(str(ASSETS / "baked" / name)).texture
    texture.min_filter = texture.mag_filter = "nearest"
    texture.flip_vertical()
    return texture
