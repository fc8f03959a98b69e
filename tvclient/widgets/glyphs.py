"""Rendered lines of text as white textures in a bounded cache."""

from collections import OrderedDict
from collections.abc import Callable
from functools import cache

from kivy.core.text import Label as CoreLabel
from kivy.graphics.texture import Texture

from tvclient.theme import Type
from tvclient.widgets.fonts import find_fonts
from tvclient.widgets.line_break import break_lines

CACHE_BYTES = 10 * 1024 * 1024
MEASURES = 4096


class Glyphs:
    """Renders lines; white, so that one texture serves every colour. Drawing thread only."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._files = {bold: str(path) for bold, path in find_fonts().items()}
        self._measures: dict[tuple[int, bool], CoreLabel] = {}
        self._widths: OrderedDict[tuple[str, int, bool], float] = OrderedDict()
        self._textures: OrderedDict[tuple[str, int, bool], Texture] = OrderedDict()
        self._limit_bytes = limit_bytes
        self._bytes = 0

    def width(self, text: str, role: Type) -> float:
        """Width of one line in px."""
        key = (text, role.size_px, role.bold)
        known = self._widths.get(key)
        if known is None:
            known = self._measurer(role)(text)
            self._widths[key] = known
            if len(self._widths) > MEASURES:
                self._widths.popitem(last=False)
        return known

    def lines(self, text: str, role: Type, width_px: float, max_lines: int) -> list[str]:
        """The text broken and cut for a box of `width_px`."""
        if max_lines == 1 and "\n" not in text and self.width(text, role) <= width_px:
            return [text] if text else []
        return break_lines(text, width_px, max_lines, self._measurer(role))

    def texture(self, line: str, role: Type) -> Texture:
        """One rendered line, already turned for the y axis of the screen."""
        key = (line, role.size_px, role.bold)
        texture = self._textures.get(key)
        if texture is not None:
            self._textures.move_to_end(key)
            return texture
        label = CoreLabel(text=line, font_size=role.size_px, font_name=self._files[role.bold])
        label.refresh()
        texture = label.texture
        texture.flip_vertical()
        self._textures[key] = texture
        self._bytes += _bytes_of(texture)
        while self._bytes > self._limit_bytes and len(self._textures) > 1:
            self._bytes -= _bytes_of(self._textures.popitem(last=False)[1])
        return texture

    def _measurer(self, role: Type) -> Callable[[str], float]:
        key = (role.size_px, role.bold)
        label = self._measures.get(key)
        if label is None:
            label = CoreLabel(font_size=role.size_px, font_name=self._files[role.bold])
            label.resolve_font_name()
            self._measures[key] = label
        return lambda text: float(label.get_extents(text)[0])


@cache
def glyphs() -> Glyphs:
    """The one cache of rendered lines."""
    return Glyphs()


def _bytes_of(texture: Texture) -> int:
    return int(texture.width) * int(texture.height) * 4
