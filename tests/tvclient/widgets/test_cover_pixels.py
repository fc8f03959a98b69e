"""Covers are cut to their box and rounded, and what is no picture says so."""

from io import BytesIO

import pytest
from PIL import Image

from tvclient.errors import TvError
from tvclient.widgets.cover_pixels import POSTER_CUT, TILE_CUT, cut_cover


def png(width: int, height: int, mode: str = "RGB") -> bytes:
    file = BytesIO()
    Image.new(mode, (width, height), "red").save(file, "PNG")
    return file.getvalue()


def alpha_at(data: bytes, width: int, x: int, y: int) -> int:
    return data[(y * width + x) * 4 + 3]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_a_tile_is_round_at_the_top_only(mode: str) -> None:
    found = cut_cover(png(640, 360, mode), TILE_CUT)
    assert (found.w, found.h) == (320, 180)
    corners = [alpha_at(found.data, 320, x, y) for x, y in ((0, 0), (319, 0), (0, 179), (319, 179))]
    assert corners == [0, 0, 255, 255]


def test_a_poster_is_cut_at_its_middle_to_the_proportions_of_its_box() -> None:
    found = cut_cover(png(640, 360), POSTER_CUT)
    assert (found.w, found.h) == (600, 360)
    assert len(found.data) == 600 * 360 * 4


def test_a_picture_narrower_than_its_rows_of_four_bytes_is_packed() -> None:
    found = cut_cover(png(321, 181), TILE_CUT)
    assert len(found.data) == found.w * found.h * 4


@pytest.mark.parametrize("data", [b"", b"no picture", png(64, 36)[:40]])
def test_bytes_that_are_no_picture_are_an_error_in_words(data: bytes) -> None:
    with pytest.raises(TvError, match="读不出来"):
        cut_cover(data, TILE_CUT)


def test_a_picture_much_larger_than_its_box_is_halved_until_it_is_not() -> None:
    found = cut_cover(png(1920, 1080), TILE_CUT)
    assert (found.w, found.h) == (480, 270)
    assert found.data[(100 * 480 + 100) * 4 :][:4] == b"\xff\x00\x00\xff"


def test_a_screen_of_twice_the_density_keeps_pictures_twice_as_fine() -> None:
    sizes = [cut_cover(png(1280, 720), TILE_CUT, density).w for density in (1, 2)]
    assert sizes == [320, 640]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_would_fill_the_memory_is_not_decoded(kind: str) -> None:
    file = BytesIO()
    Image.new("RGB", (20_000, 500), "red").save(file, kind)
    with pytest.raises(TvError, match="20000×500"):
        cut_cover(file.getvalue(), TILE_CUT)
