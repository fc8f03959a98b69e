"""What remains of a window, against a bitmap."""

from hypothesis import given
from hypothesis import strategies as st

from tvclient.playback.cutout import remaining
from tvclient.remote.rect import Rect

WIDTH, HEIGHT = 24, 16

RECTS = st.builds(Rect, st.integers(-8, 30), st.integers(-8, 20), st.integers(0, 30), st.integers(0, 20))


def pixels(rect: Rect) -> list[tuple[int, int]]:
    return [(x, y) for x in range(rect.x, rect.x + rect.w) for y in range(rect.y, rect.y + rect.h)]


@given(st.lists(RECTS, max_size=5))
def test_every_pixel_outside_the_cutouts_remains_exactly_once(cutouts: list[Rect]) -> None:
    left = [pixel for rect in remaining(WIDTH, HEIGHT, cutouts) for pixel in pixels(rect)]
    expected = set(pixels(Rect(0, 0, WIDTH, HEIGHT))).difference(*map(pixels, cutouts))
    assert len(left) == len(set(left))
    assert set(left) == expected


def test_without_cutouts_the_whole_window_is_one_rectangle() -> None:
    assert remaining(WIDTH, HEIGHT, []) == [Rect(0, 0, WIDTH, HEIGHT)]


def test_nothing_remains_under_full_coverage() -> None:
    assert remaining(WIDTH, HEIGHT, [Rect(0, 0, WIDTH, HEIGHT)]) == []
