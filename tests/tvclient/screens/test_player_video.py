"""Kivy draws nothing that cannot be seen, and everything that can."""

from collections.abc import Sequence
from typing import Any

import pytest
from kivy.clock import Clock
from kivy.uix.widget import Widget

from study.units import Milliseconds
from tests.fakes.fake_player import FakePlayer
from tvclient.playback.picture import Later
from tvclient.remote.rect import Rect
from tvclient.screens.player_video import EXPECTED_S, PlayerVideo

PANEL = Rect(0, 768, 1920, 312)


class NoPicture:
    """Shows nothing, anywhere."""

    unseen = 0

    def attach(self, media_player: Any, later: Later) -> None: ...
    def place(self, place: Rect) -> None: ...
    def show(self, panels: Sequence[Rect]) -> None: ...
    def hide(self) -> None: ...
    def close(self) -> None: ...


def _video(widget: Widget | None = None, limits: list[Rect | None] | None = None) -> PlayerVideo:
    return PlayerVideo(
        lambda told: FakePlayer(told, {}),
        NoPicture(),
        lambda call: call(),
        lambda _frames: None,
        ([] if limits is None else limits).append,
        widget,
    )


@pytest.fixture
def video() -> PlayerVideo:
    return _video()


def test_under_the_whole_picture_nothing_is_drawn(video: PlayerVideo) -> None:
    assert not video.spares_drawing
    video.show([])
    assert video.spares_drawing


def test_panels_over_the_picture_are_drawn(video: PlayerVideo) -> None:
    video.show([PANEL])
    Clock.tick()
    assert not video.spares_drawing
    video.show([])
    video.lie_under([PANEL])
    Clock.tick()
    assert not video.spares_drawing
    video.lie_under([])
    assert video.spares_drawing


def test_what_comes_to_light_is_drawn_once_when_the_server_asks_for_it(video: PlayerVideo) -> None:
    video.show([PANEL])
    assert video.spares_drawing
    Clock.tick()
    video.show([PANEL])
    assert not video.spares_drawing, "nothing new came to light"


def test_only_the_rectangle_round_all_panels_is_drawn() -> None:
    limits: list[Rect | None] = []
    video = _video(limits=limits)
    video.place(960, 540)
    video.show([PANEL, Rect(96, 54, 200, 72)])
    assert limits[-1] == Rect(0, 27, 960, 513)
    video.show([PANEL])
    assert limits[-1] == Rect(0, 384, 960, 156)
    video.hide()
    assert limits[-1] is None


def test_panels_follow_the_window_when_its_size_changes() -> None:
    limits: list[Rect | None] = []
    video = _video(limits=limits)
    video.show([PANEL])
    video.place(960, 540)
    assert limits[-1] == Rect(0, 384, 960, 156)


def test_where_kivy_draws_the_picture_it_draws_everywhere() -> None:
    limits: list[Rect | None] = []
    video = _video(Widget(), limits)
    video.show([PANEL])
    assert not video.spares_drawing
    assert set(limits) <= {None}


def test_without_the_picture_everything_is_drawn(video: PlayerVideo) -> None:
    video.show([])
    video.hide()
    assert not video.spares_drawing


def test_a_picture_that_kivy_draws_itself_is_drawn() -> None:
    video = _video(Widget())
    video.show([])
    assert not video.spares_drawing


def test_what_is_seen_stays_while_a_picture_is_expected(video: PlayerVideo) -> None:
    video.hide()
    video.expect(soon=True)
    assert video.spares_drawing
    video.show([PANEL])
    Clock.tick()
    assert not video.spares_drawing


@pytest.mark.parametrize("end", [lambda video: video.expect(soon=False), lambda video: video.stop()])
def test_a_picture_that_is_not_expected_any_more_keeps_nothing_back(video: PlayerVideo, end: Any) -> None:
    video.open("file", Milliseconds(0), live=False)
    video.expect(soon=True)
    end(video)
    assert not video.spares_drawing


def test_a_picture_that_does_not_come_is_not_waited_for(
    video: PlayerVideo, monkeypatch: pytest.MonkeyPatch
) -> None:
    video.expect(soon=True)
    later = Clock.time() + EXPECTED_S + 0.1
    monkeypatch.setattr(Clock, "time", lambda: later)
    Clock.tick()
    assert not video.spares_drawing
