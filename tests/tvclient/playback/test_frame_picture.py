"""Where a picture belongs in its area, with the proportions it was made for."""

import pytest

from tvclient.playback.frame_picture import fitted
from tvclient.playback.frame_shape import Shape
from tvclient.remote.rect import Rect

SCREEN = Rect(0, 0, 1920, 1080)


@pytest.mark.parametrize(
    ("width", "height", "shape", "expected"),
    [
        (1920, 1080, Shape(1, 1), SCREEN),
        (1280, 720, Shape(1, 1), SCREEN),
        (640, 480, Shape(1, 1), Rect(240, 0, 1440, 1080)),
        (720, 576, Shape(64, 45), SCREEN),
        (720, 576, Shape(16, 15), Rect(240, 0, 1440, 1080)),
        (1920, 800, Shape(1, 1), Rect(0, 140, 1920, 800)),
        (360, 640, Shape(1, 1), Rect(656, 0, 608, 1080)),
    ],
)
def test_the_largest_of_its_proportions_in_the_middle(
    width: int, height: int, shape: Shape, expected: Rect
) -> None:
    assert fitted(SCREEN, width, height, shape) == expected


def test_the_area_need_not_begin_at_the_corner() -> None:
    assert fitted(Rect(100, 50, 800, 600), 1600, 900, Shape(1, 1)) == Rect(100, 125, 800, 450)
