import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tvclient.remote.direction import Direction
from tvclient.remote.finder import find_next
from tvclient.remote.rect import Rect

# Corners and sizes are in tens of pixels, so that touching and equal edges turn up often.
RECTS = st.builds(
    lambda x, y, w, h: Rect(10 * x, 10 * y, 10 * w, 10 * h),
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(1, 3),
    st.integers(1, 3),
)


def by_the_book(direction: Direction, src: Rect, rects: list[Rect]) -> int | None:
    """android.view.FocusFinder written out for each direction, without turning rectangles."""

    def is_candidate(d: Rect) -> bool:
        match direction:
            case Direction.LEFT:
                return (src.right > d.right or src.x >= d.right) and src.x > d.x
            case Direction.RIGHT:
                return (src.x < d.x or src.right <= d.x) and src.right < d.right
            case Direction.UP:
                return (src.bottom > d.bottom or src.y >= d.bottom) and src.y > d.y
            case Direction.DOWN:
                return (src.y < d.y or src.bottom <= d.y) and src.bottom < d.bottom

    def in_beam(d: Rect) -> bool:
        if direction.is_vertical:
            return d.right > src.x and d.x < src.right
        return d.bottom > src.y and d.y < src.bottom

    gap = {
        Direction.LEFT: lambda d: src.x - d.right,
        Direction.RIGHT: lambda d: d.x - src.right,
        Direction.UP: lambda d: src.y - d.bottom,
        Direction.DOWN: lambda d: d.y - src.bottom,
    }[direction]
    far = {
        Direction.LEFT: lambda d: src.x - d.x,
        Direction.RIGHT: lambda d: d.right - src.right,
        Direction.UP: lambda d: src.y - d.y,
        Direction.DOWN: lambda d: d.bottom - src.bottom,
    }[direction]

    def beam_beats(a: Rect, b: Rect) -> bool:
        if in_beam(b) or not in_beam(a):
            return False
        if gap(b) < 0 or not direction.is_vertical:
            return True
        return max(0, gap(a)) < max(1, far(b))

    def weight(d: Rect) -> int:
        if direction.is_vertical:
            minor = (src.x + src.w // 2) - (d.x + d.w // 2)
        else:
            minor = (src.y + src.h // 2) - (d.y + d.h // 2)
        return 13 * max(0, gap(d)) ** 2 + minor**2

    def is_better(a: Rect, b: Rect) -> bool:
        return beam_beats(a, b) or (not beam_beats(b, a) and weight(a) < weight(b))

    best: int | None = None
    for index, rect in enumerate(rects):
        if is_candidate(rect) and (best is None or is_better(rect, rects[best])):
            best = index
    return best


@settings(max_examples=400)
@given(st.sampled_from(Direction), RECTS, st.lists(RECTS, max_size=8))
def test_it_chooses_what_androids_focus_finder_chooses(
    direction: Direction, source: Rect, rects: list[Rect]
) -> None:
    assert find_next(direction, source, rects) == by_the_book(direction, source, rects)


def test_sideways_the_beam_wins_however_far() -> None:
    source = Rect(0, 100, 100, 100)
    near_but_above, far_in_beam = Rect(110, 0, 100, 100), Rect(900, 150, 100, 100)
    assert find_next(Direction.RIGHT, source, [near_but_above, far_in_beam]) == 1


def test_downwards_what_ends_before_the_beam_begins_wins() -> None:
    source = Rect(0, 0, 100, 100)
    beside_and_near, far_in_beam = Rect(110, 100, 100, 110), Rect(0, 800, 100, 100)
    assert find_next(Direction.DOWN, source, [far_in_beam, beside_and_near]) == 1
    in_beam_before_it_ends = Rect(0, 200, 100, 100)
    assert find_next(Direction.DOWN, source, [beside_and_near, in_beam_before_it_ends]) == 1


def test_without_a_beam_distance_along_the_arrow_weighs_thirteen_times() -> None:
    source = Rect(0, 0, 10, 10)
    onwards, aside = Rect(50, 40, 10, 10), Rect(110, 20, 10, 10)
    # 13·30² + 50² = 14200 against 13·10² + 110² = 13400
    assert find_next(Direction.DOWN, source, [onwards, aside]) == 1
    nearer_aside = Rect(45, 40, 10, 10)  # 13·30² + 45² = 13725
    assert find_next(Direction.DOWN, source, [nearer_aside, aside]) == 1
    nearest = Rect(40, 40, 10, 10)  # 13·30² + 40² = 13300
    assert find_next(Direction.DOWN, source, [aside, nearest]) == 1


def test_a_touching_edge_is_outside_the_beam() -> None:
    source = Rect(0, 0, 100, 100)
    touching_the_beam, far_in_beam = Rect(120, 100, 100, 100), Rect(1000, 99, 100, 100)
    assert find_next(Direction.RIGHT, source, [touching_the_beam, far_in_beam]) == 1


def test_a_touching_neighbour_lies_beyond() -> None:
    assert find_next(Direction.RIGHT, Rect(0, 0, 100, 100), [Rect(100, 0, 100, 100)]) == 0


@pytest.mark.parametrize("direction", Direction)
def test_nothing_lies_where_nothing_is(direction: Direction) -> None:
    source = Rect(0, 0, 100, 100)
    assert find_next(direction, source, []) is None
    assert find_next(direction, source, [source]) is None


def test_of_two_as_good_the_first_is_taken() -> None:
    source = Rect(100, 0, 100, 100)
    assert find_next(Direction.DOWN, source, [Rect(0, 100, 100, 100), Rect(200, 100, 100, 100)]) == 0
