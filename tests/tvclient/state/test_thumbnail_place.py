"""Which small picture belongs to a moment."""

import pytest

from study.local_api import ThumbnailsEntry
from study.thumbnails import COLUMNS, EVERY_MS, HEIGHT_PX, ROWS, WIDTH_PX, place_of
from study.units import Milliseconds
from tvclient.state.thumbnail_place import thumbnail_place

TOLD = ThumbnailsEntry(
    sheets=["http://sheet/1", "http://sheet/2"],
    every_ms=EVERY_MS,
    columns=COLUMNS,
    rows=ROWS,
    width_px=WIDTH_PX,
    height_px=HEIGHT_PX,
)


@pytest.mark.parametrize("at_ms", [0, 9_999, 10_000, 109_999, 123_456, 999_999, 1_000_000, 1_999_999])
def test_it_is_where_the_catalogue_put_it(at_ms: int) -> None:
    place, put = thumbnail_place(TOLD, at_ms), place_of(Milliseconds(at_ms))
    assert place is not None
    assert (TOLD["sheets"].index(place.url), place.x, place.y) == (put.sheet, put.left_px, put.top_px)


def test_beyond_the_last_sheet_there_is_none() -> None:
    assert thumbnail_place(TOLD, 2_000_000) is None


def test_before_the_beginning_is_the_first() -> None:
    place = thumbnail_place(TOLD, -1)
    assert place is not None and (place.x, place.y) == (0, 0)


@pytest.mark.parametrize("name", ["every_ms", "columns", "rows", "width_px", "height_px"])
def test_nonsense_of_the_catalogue_shows_nothing(name: str) -> None:
    assert thumbnail_place({**TOLD, name: 0}, 0) is None  # type: ignore[typeddict-item, misc]
