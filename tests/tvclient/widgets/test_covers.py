"""Covers are fetched a few at a time, those in sight first."""

from collections.abc import Callable

import pytest

from tvclient.errors import TvError
from tvclient.widgets.cover_pixels import TILE_CUT
from tvclient.widgets.covers import AT_ONCE, Covers


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


def test_what_is_prepared_comes_after_all_that_are_in_sight() -> None:
    desk = Desk()
    covers = Covers(desk, desk, limit=9)  # type: ignore[arg-type]
    for n in range(AT_ONCE):
        covers.get(str(n), TILE_CUT, lambda: None)
    for path in ("below", "left", "below", None):
        covers.prepare(path, TILE_CUT)
    covers.get("seen", TILE_CUT, lambda: None)
    covers.get("left", TILE_CUT, lambda: None)
    while desk.do_one():
        pass
    assert desk.asked == ["0", "1", "left", "seen", "below"]


def test_one_that_was_dropped_may_be_wanted_again() -> None:
    desk = Desk()
    covers = Covers(desk, desk, limit=1)  # type: ignore[arg-type]
    for path in ("a", "b", "c", "d", "c"):
        covers.get(path, TILE_CUT, lambda: None)
    while desk.do_one():
        pass
    assert desk.asked == ["a", "b", "c"]
