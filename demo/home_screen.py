"""Finding one's way on the television's home screen."""

from typing import Any

from demo.house import House
from demo.operator import Operator, StoryError


class HomeScreen:
    """Knows from the agent which rows there are, and presses no key for nothing."""

    def __init__(self, operator: Operator, house: House) -> None:
        self._operator = operator
        self._house = house

    def rows(self) -> list[Any]:
        """The rows that have something on them."""
        return [row for row in self._house.ask_agent("/v1/home")["rows"] if row["tiles"]]

    def find(self, tile: str) -> None:
        """Up or down to the first row that has the tile, then sideways to it."""
        operator = self._operator
        rows = [(row["id"], [entry["id"] for entry in row["tiles"]]) for row in self.rows()]
        wanted, tiles = next((row for row in rows if tile in row[1]), ("", []))
        if not tiles:
            raise StoryError(f"首页上没有 {tile}")
        names = [name for name, _tiles in rows]
        here = operator.focus.removeprefix("row:").partition("/")[0]
        down = names.index(wanted) - (names.index(here) if here in names else -1)
        operator.press("Down" if down > 0 else "Up", abs(down))
        right = tiles.index(tile) - tiles.index(operator.focus.rpartition("/")[2])
        operator.press("Right" if right > 0 else "Left", abs(right))
        if not operator.focus.endswith(f"/{tile}"):
            raise StoryError(f"要找 {tile}，焦点却在 {operator.focus}")

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
