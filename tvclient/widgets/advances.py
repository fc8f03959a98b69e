"""Widths of texts by their signs, so that long texts can be laid out away from the drawing thread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tvclient.theme import Type
from tvclient.widgets.glyphs import glyphs

_SQUARE = "国"
"""All signs of Chinese writing are as wide."""

Face = tuple[int, bool]


@dataclass(frozen=True, slots=True)
class Advances:
    """What each sign of a text takes, in px by size and weight; kerning, a px a line at most, is left out."""

    square_px: Mapping[Face, float]
    signs_px: Mapping[Face, Mapping[str, float]]

    def width(self, role: Type, text: str) -> float:
        """Of one line of text, all of whose signs were measured. On any thread."""
        face = (role.size_px, role.bold)
        square_px, signs_px = self.square_px[face], self.signs_px[face]
        return sum(square_px if is_chinese(sign) else signs_px.get(sign, square_px) for sign in text)


def advances_of(texts: Iterable[str], roles: Iterable[Type]) -> Advances:
    """Measures the signs of these texts in these letters. Drawing thread only."""
    signs = {sign for text in texts for sign in text if not is_chinese(sign)}
    squares: dict[Face, float] = {}
    widths: dict[Face, dict[str, float]] = {}
    for role in roles:
        face = (role.size_px, role.bold)
        if face not in squares:
            squares[face] = glyphs().width(_SQUARE, role)
            widths[face] = {sign: glyphs().width(sign, role) for sign in signs}
    return Advances(squares, widths)


def is_chinese(sign: str) -> bool:
    """Whether it is of the common Chinese characters, each as wide as high."""
    return "\u3400" <= sign <= "\u4dbf" or "\u4e00" <= sign <= "\u9fff"
