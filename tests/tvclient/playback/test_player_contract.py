"""The contract of player.py, kept by libVLC and by the fake."""

from itertools import pairwise

import pytest

from study.units import BootId, Milliseconds
from study.watch import played_ms
from tests.tvclient.playback.media import CLIP_MS, SHORT_MS
from tests.tvclient.playback.player_rig import PlayerRig, play_until
from tvclient.playback.player_event import (
    Ended,
    Failed,
    FailReason,
    Opened,
    Paused,
    Playing,
    Position,
    Seeked,
    Shown,
)
from tvclient.playback.watch_recorder import WatchRecorder

START = Milliseconds(0)
LOOSE_MS = 300
"""libVLC's positions step by up to half a second and are off by a few frames."""
LOST_MAX = 5
"""A busy machine is too late for a few."""


def about(expected_ms: int) -> object:
    return pytest.approx(expected_ms, abs=LOOSE_MS)


def test_tells_the_length_then_that_it_plays_then_where_it_is(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, START, live=False)
    assert rig.until(Opened).length_ms == CLIP_MS
    playing = rig.until(Playing)
    assert (playing.media_ms, playing.rate) == (0, 1.0)
    first, second = rig.until(Position), rig.until(Position)
    assert second.media_ms - first.media_ms == about(second.at_ms - first.at_ms)


def test_starts_where_it_is_told_to(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, Milliseconds(7_400), live=False)
    assert rig.until(Playing).media_ms == 7_400
    position = rig.until(Position)
    assert 7_400 <= position.media_ms <= 8_500, "it is told from the first picture on"


def test_a_pause_stops_the_playhead_and_resume_goes_on_from_there(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, START, live=False)
    play_until(rig, 500)
    rig.player.pause()
    paused = rig.until(Paused)
    told = len(rig.events)
    rig.settle()
    assert [event for event in rig.events[told:] if not isinstance(event, Shown)] == []
    rig.player.resume()
    assert rig.until(Playing).media_ms == paused.media_ms
    assert rig.until(Position).media_ms == about(paused.media_ms + 250)


def test_pause_before_it_plays_keeps_it_from_playing_on(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, START, live=False)
    rig.player.pause()
    paused = rig.until(Paused)
    assert paused.media_ms <= LOOSE_MS
    told = len(rig.events)
    rig.settle()
    assert not [event for event in rig.events[told:] if isinstance(event, Position)]


def test_a_seek_tells_from_where_to_where_and_plays_on_from_there(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, START, live=False)
    here = play_until(rig, 500)
    rig.player.seek(Milliseconds(8_300))
    seeked = rig.until(Seeked)
    assert seeked.from_ms == about(here)
    assert seeked.to_ms == 8_300
    assert rig.until(Playing).media_ms == 8_300
    assert 8_300 <= rig.until(Position).media_ms <= 9_000


def test_a_seek_is_bounded_by_the_media(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, START, live=False)
    play_until(rig, 250)
    rig.player.seek(Milliseconds(-4_000))
    assert rig.until(Seeked).to_ms == 0
    rig.until(Playing)
    rig.player.seek(Milliseconds(CLIP_MS + 60_000))
    assert rig.until(Seeked).to_ms == CLIP_MS
    assert rig.until(Ended).media_ms == about(CLIP_MS)


def test_a_seek_while_paused_stays_paused(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, START, live=False)
    play_until(rig, 250)
    rig.player.pause()
    rig.until(Paused)
    rig.player.seek(Milliseconds(5_000))
    rig.until(Seeked)
    told = len(rig.events)
    rig.settle()
    assert [event for event in rig.events[told:] if not isinstance(event, Shown)] == []
    rig.player.resume()
    assert rig.until(Playing).media_ms == 5_000
    play_until(rig, 5_200)


def test_speed_is_told_and_bounded(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, START, live=False)
    play_until(rig, 250)
    rig.player.set_rate(9.0)
    faster = rig.until(Playing)
    assert faster.rate == 2.0
    after = [rig.until(Position) for _ in range(4)][-1]
    assert after.media_ms - faster.media_ms == about(2 * (after.at_ms - faster.at_ms))


def test_speed_holds_for_the_next_opening(rig: PlayerRig) -> None:
    rig.player.set_rate(1.5)
    rig.player.open(rig.clip, START, live=False)
    assert rig.until(Playing).rate == 1.5


def test_plays_to_the_end_and_then_only_open_does_anything(rig: PlayerRig) -> None:
    rig.player.open(rig.short, START, live=False)
    assert rig.until(Ended).media_ms == about(SHORT_MS)
    told = len(rig.events)
    rig.player.seek(START)
    rig.player.pause()
    rig.player.resume()
    rig.settle()
    assert [event for event in rig.events[told:] if not isinstance(event, Shown)] == []
    rig.player.open(rig.short, START, live=False)
    rig.until(Position)


def test_what_is_not_media_fails_and_the_next_opening_plays(rig: PlayerRig) -> None:
    rig.player.open(rig.nothing, START, live=False)
    assert rig.until(Failed).reason is FailReason.CANNOT_OPEN
    rig.player.open(rig.clip, START, live=False)
    rig.until(Position)


def test_opening_another_leaves_the_first(rig: PlayerRig) -> None:
    first = rig.player.open(rig.clip, START, live=False)
    play_until(rig, 250)
    second = rig.player.open(rig.short, START, live=False)
    assert rig.until(Opened).length_ms == SHORT_MS
    assert second > first
    rig.until(Position)
    turn = next(i for i, event in enumerate(rig.events) if event.opening == second)
    assert {event.opening for event in rig.events[turn:]} == {second}


def test_nothing_is_told_after_stop(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, START, live=False)
    play_until(rig, 250)
    rig.player.stop()
    rig.settle()
    told = len(rig.events)
    rig.settle()
    assert rig.events[told:] == []


def test_calls_without_anything_open_do_nothing(rig: PlayerRig) -> None:
    rig.player.pause()
    rig.player.resume()
    rig.player.seek(Milliseconds(1_000))
    rig.player.stop()
    rig.player.set_volume(500)
    rig.settle()
    assert rig.events == []


def test_frames_are_counted_and_hardly_any_is_lost(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, START, live=False)
    play_until(rig, 2_000)
    rig.player.stop()
    rig.settle()
    statistics = rig.player.statistics
    assert 25 <= statistics.frames_shown <= 75
    assert statistics.frames_lost <= LOST_MAX


def test_what_is_recorded_is_what_was_played(rig: PlayerRig) -> None:
    rig.player.open(rig.clip, START, live=False)
    play_until(rig, 1_000)
    rig.player.pause()
    rig.until(Paused)
    rig.settle()
    rig.player.resume()
    play_until(rig, 2_000)
    rig.player.seek(Milliseconds(9_000))
    rig.until(Ended)
    recorder = WatchRecorder(BootId("b"))
    for event in rig.events:
        recorder.record(event)
    sought = next(event for event in rig.events if isinstance(event, Seeked))
    assert played_ms(recorder.intervals) == about(sought.from_ms + CLIP_MS - 9_000)
    assert [(a, b) for a, b in pairwise(rig.events) if a.at_ms > b.at_ms] == []
