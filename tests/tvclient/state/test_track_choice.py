"""What was chosen is found again in the next course, and nothing is mistaken for it."""

import pytest

from tvclient.playback.player_event import Track, TrackId
from tvclient.state.track_choice import (
    TrackChoice,
    choice_of,
    kept_choice,
    sound_like,
    subtitle_like,
)

YUE = TrackChoice("yue", "")


def _tracks(*called: tuple[str, str]) -> tuple[Track, ...]:
    return tuple(Track(TrackId(n), language, name) for n, (language, name) in enumerate(called))


def _found(track: Track | None) -> int | None:
    return None if track is None else int(track.track_id)


@pytest.mark.parametrize(
    ("choice", "called", "sound", "subtitle"),
    [
        (YUE, [("zh", ""), ("yue", "")], 1, 1),
        (YUE, [("zh", "普通话"), ("yue", "粤语")], 1, 1),
        (YUE, [("zh", ""), ("en", "")], None, None),
        (YUE, [("zh", ""), ("", "")], None, 1),
        (YUE, [], None, None),
        (TrackChoice("zh", ""), [("yue", ""), ("chi", "")], 1, 1),
        (TrackChoice("zh", "大兴话"), [("zh", "普通话"), ("zh", "大兴话")], 1, 1),
        (TrackChoice("zh", "大兴话"), [("zh", "普通话"), ("yue", "")], 0, 0),
        (TrackChoice("", "大兴话"), [("zh", "普通话"), ("zh", "大兴话")], 1, 1),
        (TrackChoice("", "大兴话"), [("zh", "普通话"), ("zh", "解说")], None, 0),
        (TrackChoice("zh", ""), [("en", ""), ("zh-Hant", "")], None, None),
        (TrackChoice("", ""), [("en", ""), ("", "")], None, 1),
        (TrackChoice("", ""), [("zh", ""), ("en", "")], None, 0),
    ],
)
def test_the_nearest_is_taken(
    choice: TrackChoice, called: list[tuple[str, str]], sound: int | None, subtitle: int | None
) -> None:
    tracks = _tracks(*called)
    assert _found(sound_like(choice, tracks)) == sound
    assert _found(subtitle_like(choice, tracks)) == subtitle


def test_a_track_is_known_by_language_and_name() -> None:
    assert choice_of(*_tracks(("chi", " 大兴话 "))) == TrackChoice("zh", "大兴话")
    assert choice_of(*_tracks(("", "Stereo"))).tells
    assert not choice_of(*_tracks(("", " "))).tells


@pytest.mark.parametrize("choice", [YUE, TrackChoice("", "大兴话"), TrackChoice("", "")])
def test_it_comes_back_as_it_was_kept(choice: TrackChoice) -> None:
    assert kept_choice(choice.as_kept()) == choice


@pytest.mark.parametrize(
    "value",
    [None, 5, "yue", [], {}, {"language": "yue"}, {"language": 1, "name": ""}],
)
def test_anything_else_is_no_choice(value: object) -> None:
    assert kept_choice(value) is None
