"""Where the lines and cells of the guide lie, in pixels of a screen of 1920 × 1080 (tokens.md, live)."""

from dataclasses import dataclass

from study.units import MINUTE_MS
from tvclient.remote.rect import Rect
from tvclient.state.guide_cells import Cell, Span

LINES = 5
LEFT, TOP, RIGHT = 392, 480, 1832
LINE_H, LINE_STEP = 104, 112
CHANNEL_X, CHANNEL_W = 96, 280
PX_PER_MINUTE = 8
GAP = 8
SPAN_MS = (RIGHT - LEFT) // PX_PER_MINUTE * MINUTE_MS
"""Three hours are in sight."""
MARK_EVERY_MS = 30 * MINUTE_MS
FOCUS_W_MIN = 160
"""A programme of minutes is drawn so wide when it has the focus: it must be seen from the back row."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the rectangle that is seen of it."""

    cell: Cell
    rect: Rect


def x_of(at_ms: int, view: Span) -> int:
    """A moment's place, within what is in sight."""
    px = LEFT + (at_ms - view.from_ms) * PX_PER_MINUTE // MINUTE_MS
    return max(LEFT, min(RIGHT, px))


def line_rect(line: int) -> Rect:
    """The whole line behind a channel's cells; 0 is the first in sight."""
    return Rect(LEFT, TOP + line * LINE_STEP, RIGHT - LEFT - GAP, LINE_H)


def channel_rect(line: int) -> Rect:
    """Where number and name of the line's channel stand."""
    return Rect(CHANNEL_X, TOP + line * LINE_STEP, CHANNEL_W, LINE_H)


def stretch_rect(from_ms: int, to_ms: int, line: int, view: Span) -> Rect:
    """What is seen of a stretch of time; at least one pixel wide, the gap to the next one taken off."""
    x, end = x_of(from_ms, view), x_of(to_ms, view)
    x = min(x, RIGHT - 2)
    w = max(1, end - x - (GAP if end - x > 2 * GAP else 1))
    return Rect(x, TOP + line * LINE_STEP, w, LINE_H)


def placed(line_cells: tuple[Cell, ...], line: int, view: Span) -> tuple[Placed, ...]:
    """The cells in sight, in order."""
    return tuple(
        Placed(cell, stretch_rect(cell.starts_ms, cell.ends_ms, line, view))
        for cell in line_cells
        if cell.starts_ms < view.to_ms and cell.ends_ms > view.from_ms
    )


def focus_rect(rect: Rect) -> Rect:
    """Where the focused cell is drawn: no narrower than can be seen, wholly in its line."""
    w = max(rect.w, FOCUS_W_MIN)
    return Rect(min(rect.x, RIGHT - GAP - w), rect.y, w, rect.h)


def marks(view: Span) -> tuple[tuple[int, int], ...]:
    """The half-hours in sight: their place, and the moment in milliseconds since 1970."""
    first_ms = -(-view.from_ms // MARK_EVERY_MS) * MARK_EVERY_MS
    return tuple((x_of(at_ms, view), at_ms) for at_ms in range(first_ms, view.to_ms, MARK_EVERY_MS))
