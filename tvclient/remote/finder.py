"""Android's FocusFinder rule: which rectangle lies next in a direction."""

from collections.abc import Sequence

from tvclient.remote.direction import Direction
from tvclient.remote.rect import Rect


def find_next(direction: Direction, source: Rect, candidates: Sequence[Rect]) -> int | None:
    """The index of the best candidate, or None if none lies that way; the earlier one wins a tie.

    Rule: android.view.FocusFinder, findNextFocusInAbsoluteDirection. Every rectangle is turned first
    so that the direction becomes "down"; then one set of comparisons serves all four.
    """
    origin = _turned(direction, source)
    best: int | None = None
    best_rect = origin
    for index, candidate in enumerate(candidates):
        rect = _turned(direction, candidate)
        if _is_candidate(origin, rect) and (best is None or _is_better(direction, origin, rect, best_rect)):
            best, best_rect = index, rect
    return best


def _turned(direction: Direction, rect: Rect) -> Rect:
    match direction:
        case Direction.DOWN:
            return rect
        case Direction.UP:
            return Rect(rect.x, -rect.bottom, rect.w, rect.h)
        case Direction.RIGHT:
            return Rect(rect.y, rect.x, rect.h, rect.w)
        case Direction.LEFT:
            return Rect(rect.y, -rect.right, rect.h, rect.w)


def _is_better(direction: Direction, origin: Rect, rect: Rect, best: Rect) -> bool:
    if _beam_beats(direction, origin, rect, best):
        return True
    if _beam_beats(direction, origin, best, rect):
        return False
    return _weighted_distance(origin, rect) < _weighted_distance(origin, best)


def _is_candidate(origin: Rect, rect: Rect) -> bool:
    # It must reach further that way, and either begin further on too or lie wholly beyond.
    return (origin.y < rect.y or origin.bottom <= rect.y) and origin.bottom < rect.bottom


def _in_beam(origin: Rect, rect: Rect) -> bool:
    # The beam is what the origin would sweep over; a touching edge is outside.
    return rect.right > origin.x and rect.x < origin.right


def _beam_beats(direction: Direction, origin: Rect, rect: Rect, other: Rect) -> bool:
    if _in_beam(origin, other) or not _in_beam(origin, rect):
        return False
    if origin.bottom > other.y:
        return True  # the other one is not wholly beyond: it can be reached sideways
    if not direction.is_vertical:
        return True  # sideways the beam always wins
    return _near_distance(origin, rect) < other.bottom - origin.bottom


def _near_distance(origin: Rect, rect: Rect) -> int:
    return max(0, rect.y - origin.bottom)


def _weighted_distance(origin: Rect, rect: Rect) -> int:
    major = _near_distance(origin, rect)
    minor = (origin.x + origin.w // 2) - (rect.x + rect.w // 2)
    return 13 * major * major + minor * minor
