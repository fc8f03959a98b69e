"""Where on which sheet the small picture of a moment lies."""

from dataclasses import dataclass

from study.local_api import ThumbnailsEntry


@dataclass(frozen=True, slots=True)
class ThumbnailPlace:
    """A rectangle in px of the sheet at `url`, from its top left corner."""

    url: str
    x: int
    y: int
    w: int
    h: int


def thumbnail_place(thumbnails: ThumbnailsEntry, at_ms: int) -> ThumbnailPlace | None:
    """The last picture not after `at_ms`; None where nothing usable is told or no sheet reaches so far."""
    columns, rows, every_ms = thumbnails["columns"], thumbnails["rows"], thumbnails["every_ms"]
    w, h = thumbnails["width_px"], thumbnails["height_px"]
    if min(columns, rows, every_ms, w, h) < 1:
        return None
    sheet, place = divmod(max(0, at_ms) // every_ms, columns * rows)
    if sheet >= len(thumbnails["sheets"]):
        return None
    row, column = divmod(place, columns)
    return ThumbnailPlace(thumbnails["sheets"][sheet], column * w, row * h, w, h)
