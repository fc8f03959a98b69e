"""Android's FocusFinder rule: which rectangle lies next in a direction."""

from collections.abc import Sequence

from tvclient.remote.direction import Direction
from tvclient.remote.rect import Rect


def find_next(direction: Direction, source: Rect, candidates: Sequence[Rect]) -> int | None:
    """The index of the best candidate, or None if none lies that way; the earlier one wins a tie."""
    raise NotImplementedError
