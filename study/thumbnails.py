"""Thumbnails: small pictures of an item, one every ten seconds, row by row on JPEG sheets."""

from dataclasses import dataclass

from study.units import Milliseconds

EVERY_MS = 10_000
COLUMNS, ROWS = 10, 10
WIDTH_PX, HEIGHT_PX = 240, 135
"""Of one picture; what has another shape gets black edges."""
PER_SHEET = COLUMNS * ROWS
SHEETS_MAX = 100
"""More than a day; so long an item has no thumbnails."""
SHEET_BYTES_MAX = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Where a picture lies: the sheet, counted from 0, and its upper left corner on it in pixels."""

    sheet: int
    left_px: int
    top_px: int


def sheet_count(length_ms: Milliseconds) -> int:
    """How many sheets an item of this length has; 0 for one without length, or beyond SHEETS_MAX.

    ```
    picture   0     1     2            n shows the moment n × EVERY_MS
              ├─────┼─────┼───┤
              0 s   10 s  20 s  length
    ```
    """
    count = -(-length_ms // (PER_SHEET * EVERY_MS))
    return count if 0 < count <= SHEETS_MAX else 0


def sheet_path(prefix: str, sheet: int) -> str:
    """The path of a sheet, counted from 0, below the same root as the prefix."""
    return f"{prefix}-{sheet + 1}.jpg"


def sheet_paths(prefix: str, length_ms: Milliseconds) -> tuple[str, ...]:
    """The paths of all sheets of an item, in order; none for an empty prefix."""
    return tuple(sheet_path(prefix, sheet) for sheet in range(sheet_count(length_ms))) if prefix else ()


def place_of(position_ms: Milliseconds) -> SheetPlace:
    """The picture that shows a moment of the item; the one before it where none is of that very moment."""
    sheet, place = divmod(max(0, position_ms) // EVERY_MS, PER_SHEET)
    row, column = divmod(place, COLUMNS)
    return SheetPlace(sheet, column * WIDTH_PX, row * HEIGHT_PX)
