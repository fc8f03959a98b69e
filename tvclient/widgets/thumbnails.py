"""Thumbnails: cut from sheets that are fetched and decoded in the background, a few of them kept."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kivy.core.image import _img_sdl2
from kivy.graphics.texture import Texture

from tvclient.background import Background
from tvclient.errors import TvError
from tvclient.state.thumbnail_place import ThumbnailPlace

LIMIT = 2  # sheets of 9.7 MB; a run of presses stays on one or crosses to its neighbour
RGB, RGBA = 3, 4


@dataclass(frozen=True, slots=True)
class DecodedSheet:
    """Rows from the top, `row_bytes` each, `pixel_bytes` a pixel: 3 RGB, 4 RGBA."""

    w: int
    h: int
    pixel_bytes: int
    row_bytes: int
    data: bytes

    def cut(self, place: ThumbnailPlace) -> bytes | None:
        """The rows of one picture without padding; None where the sheet does not reach."""
        if place.x + place.w > self.w or place.y + place.h > self.h:
            return None
        left, row = place.x * self.pixel_bytes, place.w * self.pixel_bytes
        starts = (y * self.row_bytes + left for y in range(place.y, place.y + place.h))
        return b"".join(self.data[start : start + row] for start in starts)


class SheetSource(Protocol):
    """Where sheets come from; waits, so only for the background."""

    def sheet(self, url: str) -> bytes:
        """The bytes of a JPEG file; raises TvError."""


class Thumbnails:
    """Drawing thread only; the work itself is done in the background."""

    def __init__(self, source: SheetSource, background: Background) -> None:
        self._source = source
        self._background = background
        self._sheets: OrderedDict[str, DecodedSheet | None] = OrderedDict()
        self._waiting: set[str] = set()

    def has_none(self, place: ThumbnailPlace) -> bool:
        """The sheet was asked for, and it can't be had."""
        return place.url in self._sheets and self._sheets[place.url] is None

    def get(self, place: ThumbnailPlace, then: Callable[[], None]) -> Texture | None:
        """The picture if its sheet is here; otherwise None, and `then()` once it has come or failed."""
        if place.url not in self._sheets:
            self._fetch(place.url, then)
            return None
        self._sheets.move_to_end(place.url)
        sheet = self._sheets[place.url]
        return None if sheet is None else _texture(sheet, place)

    def _fetch(self, url: str, then: Callable[[], None]) -> None:
        if url not in self._waiting:
            self._waiting.add(url)
            self._background.run(
                lambda: decoded(self._source.sheet(url)),
                lambda sheet: self._keep(url, sheet, then),
                lambda _error: self._keep(url, None, then),
            )

    def _keep(self, url: str, sheet: DecodedSheet | None, then: Callable[[], None]) -> None:
        self._waiting.discard(url)
        self._sheets[url] = sheet
        while len(self._sheets) > LIMIT:
            self._sheets.popitem(last=False)
        then()


def decoded(data: bytes) -> DecodedSheet:
    """Raises TvError if the bytes are no picture."""
    found = _img_sdl2.load_from_memory(data)
    w, h, fmt, pixels, row_bytes = found or (0, 0, "", b"", 0)
    if fmt not in ("rgb", "rgba"):
        raise TvError("缩略图读不出来，快进快退时只显示时间。")
    return DecodedSheet(w, h, RGBA if fmt == "rgba" else RGB, row_bytes, pixels)


def _texture(sheet: DecodedSheet, place: ThumbnailPlace) -> Texture | None:
    pixels = sheet.cut(place)
    if pixels is None:
        return None
    colours = "rgba" if sheet.pixel_bytes == RGBA else "rgb"
    texture = Texture.create(size=(place.w, place.h), colorfmt=colours)
    texture.blit_buffer(pixels, colorfmt=colours, bufferfmt="ubyte")
    return texture
