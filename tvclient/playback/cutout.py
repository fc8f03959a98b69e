"""What remains of a window when panels are cut out of it."""

from collections.abc import Sequence
from itertools import pairwise

from tvclient.remote.rect import Rect


def remaining(width: int, height: int, cutouts: Sequence[Rect]) -> list[Rect]:
    """Splits the window (0, 0, width, height) less `cutouts` into disjoint rectangles.

    Cut-outs may overlap and reach over the edges. The result is in bands from top to bottom::

        ┌──────────────┐
        ├────┐    ┌────┤   one band above, one beside (two rectangles), one below
        ├────┘    └────┤
        └──────────────┘
    """
    edges = {0, height}
    for cut in cutouts:
        edges.update(y for y in (cut.y, cut.y + cut.h) if 0 < y < height)
    ordered = sorted(edges)
    bands = []
    for top, bottom in pairwise(ordered):
        across = [cut for cut in cutouts if cut.y <= top and cut.y + cut.h >= bottom and cut.w > 0]
        bands += [Rect(left, top, right - left, bottom - top) for left, right in _gaps(width, across)]
    return bands


def _gaps(width: int, cutouts: Sequence[Rect]) -> list[tuple[int, int]]:
    gaps, reached = [], 0
    for cut in sorted(cutouts, key=lambda rect: rect.x):
        if cut.x > reached:
            gaps.append((reached, min(cut.x, width)))
        reached = max(reached, cut.x + cut.w)
        if reached >= width:
            break
    if reached < width:
        gaps.append((reached, width))
    return gaps
