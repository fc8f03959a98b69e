"""The panel of a seek lies over the playhead and stays inside the screen."""

import pytest

from tvclient.remote.rect import Rect
from tvclient.screens.player_bar import PLACE, PLACE_AT_TOP, TRACK
from tvclient.screens.player_panels import PAUSE_SIDE, PAUSE_X, PAUSE_Y_OVER_BAR, PAUSE_Y_UNDER_BAR
from tvclient.theme import DESIGN_W, SAFE_X
from tvclient.widgets.seek_panel import seek_panel_place


@pytest.mark.parametrize("pictured", [True, False])
@pytest.mark.parametrize("playhead", [0.2, 0.5, 0.8])
def test_it_lies_over_the_playhead(playhead: float, pictured: bool) -> None:
    place = seek_panel_place(playhead, TRACK, PLACE, pictured)
    assert place.x + place.w // 2 == pytest.approx(TRACK.x + playhead * TRACK.w, abs=1)


@pytest.mark.parametrize("pictured", [True, False])
@pytest.mark.parametrize("playhead", [-1.0, 0.0, 1.0, 2.0])
def test_at_the_ends_it_stays_inside(playhead: float, pictured: bool) -> None:
    place = seek_panel_place(playhead, TRACK, PLACE, pictured)
    assert place.x >= SAFE_X
    assert place.right <= DESIGN_W - SAFE_X


@pytest.mark.parametrize("pictured", [True, False])
def test_it_covers_neither_the_bar_nor_the_pause_mark(pictured: bool) -> None:
    place = seek_panel_place(0.5, TRACK, PLACE, pictured)
    assert place.bottom < PLACE.y
    assert not place.overlaps(Rect(PAUSE_X, PAUSE_Y_OVER_BAR, PAUSE_SIDE, PAUSE_SIDE))


@pytest.mark.parametrize("pictured", [True, False])
def test_it_lies_under_a_bar_at_the_top(pictured: bool) -> None:
    place = seek_panel_place(0.5, TRACK, PLACE_AT_TOP, pictured)
    assert place.y > PLACE_AT_TOP.bottom
    assert not place.overlaps(Rect(PAUSE_X, PAUSE_Y_UNDER_BAR, PAUSE_SIDE, PAUSE_SIDE))
