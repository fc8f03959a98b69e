"""Small pictures are cut out of their sheets where they lie, and sheets are asked for once."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from tvclient.background import Background
from tvclient.errors import AgentAway, TvError
from tvclient.state.thumbnail_place import ThumbnailPlace
from tvclient.widgets.thumbnails import LIMIT, DecodedSheet, Thumbnails, decoded

W, H = 24, 13


def sheet(columns: int = 3, rows: int = 2, kind: str = "PNG") -> bytes:
    """Each picture has a grey of its own: 0, 20, 40 … row by row."""
    image = Image.new("RGB", (columns * W, rows * H))
    for place in range(columns * rows):
        row, column = divmod(place, columns)
        image.paste((20 * place,) * 3, (column * W, row * H, (column + 1) * W, (row + 1) * H))
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


def at(column: int, row: int, url: str = "1") -> ThumbnailPlace:
    return ThumbnailPlace(url, column * W, row * H, W, H)


@pytest.mark.parametrize(("column", "row", "grey"), [(0, 0, 0), (2, 0, 40), (0, 1, 60), (2, 1, 100)])
def test_a_picture_is_cut_where_it_lies(column: int, row: int, grey: int) -> None:
    assert decoded(sheet()).cut(at(column, row)) == bytes((grey,)) * (3 * W * H)


def test_rows_with_padding_are_packed() -> None:
    padded = DecodedSheet(2, 2, 3, 8, b"aaabbb--cccddd--")
    assert padded.cut(ThumbnailPlace("1", 0, 0, 2, 2)) == b"aaabbbcccddd"


@pytest.mark.parametrize("place", [at(3, 0), at(0, 2)])
def test_where_the_sheet_does_not_reach_there_is_none(place: ThumbnailPlace) -> None:
    assert decoded(sheet()).cut(place) is None


@pytest.mark.parametrize("data", [b"", b"no picture", sheet()[:40]])
def test_bytes_that_are_no_picture_are_an_error_in_words(data: bytes) -> None:
    with pytest.raises(TvError, match="只显示时间"):
        decoded(data)


class Shelf:
    """Has the sheets named; counts what it was asked for."""

    def __init__(self, **sheets: bytes) -> None:
        self.sheets = sheets
        self.asked: list[str] = []

    def sheet(self, url: str) -> bytes:
        self.asked.append(url)
        if url not in self.sheets:
            raise AgentAway("没有")
        return self.sheets[url]


class InTurn(Background):
    """Does its work when told to, on the thread that tells."""

    def __init__(self) -> None:
        self.todo: list[Callable[[], None]] = []

    def run(self, work, then, failed=None):  # type: ignore[no-untyped-def]
        self.todo.append(lambda: self._handle_one_work(work, then, failed))
        self._stopped = False
        self._deliver = lambda call: call()

    def do_all(self) -> None:
        todo, self.todo = self.todo, []
        for work in todo:
            work()


def test_a_sheet_is_asked_for_once_while_it_is_on_its_way() -> None:
    shelf, background, told = Shelf(), InTurn(), []
    thumbnails = Thumbnails(shelf, background)
    for _ in range(3):
        assert thumbnails.get(at(0, 0), lambda: told.append(1)) is None
    assert not thumbnails.has_none(at(0, 0))
    background.do_all()
    assert (shelf.asked, told) == (["1"], [1])


def test_a_sheet_that_failed_is_known_and_not_asked_for_at_every_press() -> None:
    shelf, background = Shelf(), InTurn()
    thumbnails = Thumbnails(shelf, background)
    thumbnails.get(at(0, 0), lambda: None)
    background.do_all()
    assert thumbnails.has_none(at(0, 0))
    assert thumbnails.get(at(1, 0), lambda: None) is None
    assert background.todo == []


def test_only_a_few_sheets_are_kept() -> None:
    shelf, background = Shelf(**{str(n): b"" for n in range(LIMIT + 1)}), InTurn()
    thumbnails = Thumbnails(shelf, background)
    for n in range(LIMIT + 1):
        thumbnails.get(at(0, 0, str(n)), lambda: None)
        background.do_all()
    assert not thumbnails.has_none(at(0, 0, "0"))
    assert thumbnails.has_none(at(0, 0, str(LIMIT)))
