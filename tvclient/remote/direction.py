"""The four directions in which focus moves."""

from enum import StrEnum


class Direction(StrEnum):
    """A direction has the same value as its arrow key, so `Direction(Key.UP)` is `Direction.UP`."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"

    @property
    def is_vertical(self) -> bool:
        """True for up and down."""
        return self in (Direction.UP, Direction.DOWN)

    @property
    def sign(self) -> int:
        """-1 towards the first child (up, left), +1 towards the last (down, right)."""
        return -1 if self in (Direction.UP, Direction.LEFT) else 1
