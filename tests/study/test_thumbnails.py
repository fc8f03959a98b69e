"""Every moment of an item has its picture on one of its sheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.thumbnails import (
    COLUMNS,
    EVERY_MS,
    HEIGHT_PX,
    ROWS,
    SHEETS_MAX,
    WIDTH_PX,
    SheetPlace,
    place_of,
    sheet_count,
    sheet_paths,
)
from study.units import Milliseconds

SHEET_MS = COLUMNS * ROWS * EVERY_MS


@pytest.mark.parametrize(
    ("length_ms", "sheets"),
    [
        (0, 0),
        (1, 1),
        (SHEET_MS, 1),
        (SHEET_MS + 1, 2),
        (SHEETS_MAX * SHEET_MS, SHEETS_MAX),
        (SHEETS_MAX * SHEET_MS + 1, 0),
    ],
)
def test_an_item_has_as_many_sheets_as_its_length_needs(length_ms: int, sheets: int) -> None:
    assert sheet_count(Milliseconds(length_ms)) == sheets
    assert len(sheet_paths("/media/t", Milliseconds(length_ms))) == sheets


@pytest.mark.parametrize(
    ("position_ms", "place"),
    [
        (-5, SheetPlace(0, 0, 0)),
        (9_999, SheetPlace(0, 0, 0)),
        (10_000, SheetPlace(0, WIDTH_PX, 0)),
        (100_000, SheetPlace(0, 0, HEIGHT_PX)),
        (999_999, SheetPlace(0, 9 * WIDTH_PX, 9 * HEIGHT_PX)),
        (1_000_000, SheetPlace(1, 0, 0)),
    ],
)
def test_pictures_lie_row_by_row(position_ms: int, place: SheetPlace) -> None:
    assert place_of(Milliseconds(position_ms)) == place


@given(st.integers(1, SHEETS_MAX * SHEET_MS), st.data())
def test_no_moment_lies_beyond_the_last_sheet(length_ms: int, data: st.DataObject) -> None:
    position_ms = data.draw(st.integers(0, length_ms - 1))
    place = place_of(Milliseconds(position_ms))
    assert 0 <= place.sheet < sheet_count(Milliseconds(length_ms))
    assert place.left_px < COLUMNS * WIDTH_PX
    assert place.top_px < ROWS * HEIGHT_PX


def test_sheets_are_counted_from_one_in_their_names() -> None:
    paths = ("/media/t/ab-1.jpg", "/media/t/ab-2.jpg")
    assert sheet_paths("/media/t/ab", Milliseconds(SHEET_MS + 1)) == paths
    assert sheet_paths("", Milliseconds(SHEET_MS)) == ()
