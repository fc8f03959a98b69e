"""The stage draws where something of it is seen."""

from kivy.graphics import ScissorPush

from tvclient.remote.rect import Rect
from tvclient.widgets.stage import Stage, fitted_stage


def _drawn(stage: Stage) -> tuple[int, int, int, int]:
    """x, y, width, height in px of the window, from its lower left, as OpenGL has it."""
    clip = next(one for one in stage.canvas.before.children if isinstance(one, ScissorPush))
    return (*clip.pos, *clip.size)


def test_everywhere_in_a_window_of_any_size() -> None:
    stage = Stage()
    assert _drawn(stage) == (0, 0, 1920, 1080)
    stage.fit(1280, 800)
    assert _drawn(stage) == (0, 0, 1280, 800)


def test_so_much_stays_empty_at_each_edge_as_the_set_cuts_off() -> None:
    assert fitted_stage(1920, 1080) == (1.0, 0, 0)
    assert fitted_stage(1920, 1080, 5) == (0.9, 96, 54)
    assert fitted_stage(1280, 1024, 5) == (0.6, 64, 188)


def test_inside_its_limit_alone_until_that_is_lifted() -> None:
    stage = Stage()
    stage.fit(1280, 800)
    stage.limit(Rect(0, 500, 1280, 200))
    assert _drawn(stage) == (0, 100, 1280, 200)
    stage.limit(None)
    assert _drawn(stage) == (0, 0, 1280, 800)
