"""Finding one's way on the television's home screen."""

from collections.abc import Mapping, Sequence
from typing import Any

from demo.house import House
from demo.operator import COMES_WITHIN_S, Operator, StoryError

LOOKS = 3


class HomeScreen:
    """Knows from the agent which rows there are, and presses no key for nothing."""

    def __init__(self, operator: Operator, house: House) -> None:
        self._operator = operator
        self._house = house

    def rows(self) -> list[Any]:
        """The rows that have something on them."""
        return [row for row in self._house.ask_agent("/v1/home")["rows"] if row["tiles"]]

    def find(self, tile: str) -> None:
        """Up or down to the first row that has the tile, then sideways to it.

        The rows may come anew meanwhile, in another order: who holds the remote then looks again.
        """
        for _ in range(LOOKS):
            self._go_to(tile)
            if self._operator.focus.endswith(f"/{tile}"):
                return
        raise StoryError(f"要找 {tile}，焦点却在 {self._operator.focus}")

    def _go_to(self, tile: str) -> None:
        operator = self._operator
        operator.wait(lambda: _row_of(self._tiles(), tile) is not None, f"首页上没有 {tile}", COMES_WITHIN_S)
        rows = self._tiles()
        wanted = _row_of(rows, tile)
        if wanted is None:
            return  # it went again in between
        names, tiles = list(rows), rows[wanted]
        here = operator.focus.removeprefix("row:").partition("/")[0]
        down = names.index(wanted) - (names.index(here) if here in names else -1)
        operator.press("Down" if down > 0 else "Up", abs(down))
        at = operator.focus.rpartition("/")[2]
        right = tiles.index(tile) - (tiles.index(at) if at in tiles else 0)
        operator.press("Right" if right > 0 else "Left", abs(right))

    def _tiles(self) -> dict[str, list[str]]:
        return {row["id"]: [entry["id"] for entry in row["tiles"]] for row in self.rows()}

    def open_course(self, course: str) -> None:
        """To the course's page, where OK plays it."""
        operator = self._operator
        self.find(f"course:{course}")
        operator.press("Return")
        operator.wait_for_screen("course")
        operator.wait(lambda: operator.focus == "button:play", "课程页上没有播放按钮", 10)

    def play_course(self, course: str) -> None:
        """From home to the moving picture, by keys."""
        self.open_course(course)
        self._operator.press("Return")
        self._operator.wait_for_screen("player")
        self._operator.wait_until_moving()


def _row_of(rows: Mapping[str, Sequence[str]], tile: str) -> str | None:
    return next((name for name, tiles in rows.items() if tile in tiles), None)
