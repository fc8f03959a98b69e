"""Covers are cut to their box and rounded, and what is no picture says so."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from tvclient.errors import TvError
from tvclient.widgets.covers import AT_ONCE, POSTER_CUT, TILE_CUT, Covers, cut_cover


def png(width: int, height: int, mode: str = "RGB") -> bytes:
    file = BytesIO()
    Image.new(mode, (width, height), "red").save(file, "PNG")
    return file.getvalue()


def alpha_at(data: bytes, width: int, x: int, y: int) -> int:
    return data[(y * width + x) * 4 + 3]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_a_tile_is_round_at_the_top_only(mode: str) -> None:
    found = cut_cover(png(640, 360, mode), TILE_CUT)
    assert (found.w, found.h) == (640, 360)
    corners = [alpha_at(found.data, 640, x, y) for x, y in ((0, 0), (639, 0), (0, 359), (639, 359))]
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


class Desk:
    """A background whose work is done when the test says so; every answer is a failure."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._open: list[tuple[Callable[[], object], Callable[[TvError], None]]] = []

    def cover(self, path: str) -> bytes:
        self.asked.append(path)
        raise TvError("没有")

    def run(self, work: Callable[[], object], _then: object, failed: Callable[[TvError], None]) -> None:
        self._open.append((work, failed))

    def do_one(self) -> bool:
        if not self._open:
            return False
        work, failed = self._open.pop(0)
        with pytest.raises(TvError) as error:
            work()
        failed(error.value)
        return True


def test_few_are_fetched_at_once_the_last_wanted_first_and_the_oldest_not_at_all() -> None:
    desk = Desk()
    covers = Covers(desk, desk, limit=5)  # type: ignore[arg-type]
    for n in range(10):
        covers.get(str(n), TILE_CUT, lambda: None)
    assert len(desk._open) == AT_ONCE
    while desk.do_one():
        pass
    assert desk.asked == ["0", "1", "9", "8", "7", "6", "5"]


def test_one_that_was_dropped_may_be_wanted_again() -> None:
    desk = Desk()
    covers = Covers(desk, desk, limit=1)  # type: ignore[arg-type]
    for path in ("a", "b", "c", "d", "c"):
        covers.get(path, TILE_CUT, lambda: None)
    while desk.do_one():
        pass
    assert desk.asked == ["a", "b", "c"]
