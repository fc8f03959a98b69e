"""Live streams on their worst days, watched all at once by real players, each for itself."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests.tvclient.streams.nginx import Nginx
from tests.tvclient.streams.scene import SCENES
from tests.tvclient.streams.viewer import Viewer, boottime
from tvclient.playback.player_event import Failed, Playing, Position, Retrying, Stalled

NEVER_SEEN = ("one_byte_a_second", "redirected_for_ever")
COME_BACK = ("segments_are_gone", "playlist_is_forbidden_for_a_while")
STOP = (*COME_BACK, "playlist_stands", "a_page_instead_of_the_playlist")
CHANGE = ("another_resolution_and_clock", "only_sound_for_a_while")
UNDISTURBED = ("jitter_of_nearly_a_second",)
"""Here sound goes on for a while without a picture, which counts as well."""
LEFT_MS, CORES = 3_500, 1.0
FALSE_MS = 700
"""libVLC tells that it plays before the first picture and proves movement four times a second: so much may
be counted too much in each stretch."""


@dataclass(frozen=True, slots=True)
class Watched:
    viewers: Mapping[str, Viewer]
    left_in_ms: Mapping[str, int]
    cores: float

    def stretches(self, name: str) -> int:
        return sum(isinstance(event, Playing) for event in self.viewers[name].events)


@pytest.fixture(scope="module")
def watched(nginx: Nginx, make_viewer: Callable[[], Viewer]) -> Watched:
    viewers = {name: make_viewer() for name in SCENES}

    def play(name: str) -> int:
        SCENES[name](viewers[name], nginx)
        leaving_at_ms = boottime()
        viewers[name].player.close()
        return boottime() - leaving_at_ms

    began_s, began_cpu_s = time.monotonic(), time.process_time()
    with ThreadPoolExecutor(len(SCENES)) as pool:
        left_in_ms = dict(zip(SCENES, pool.map(play, SCENES), strict=True))
    cores = (time.process_time() - began_cpu_s) / (time.monotonic() - began_s)
    return Watched(viewers, left_in_ms, cores)


@pytest.mark.parametrize("name", SCENES)
def test_it_never_fails_and_can_be_left_at_once(watched: Watched, name: str) -> None:
    assert not any(isinstance(event, Failed) for event in watched.viewers[name].events)
    assert watched.left_in_ms[name] < LEFT_MS


def test_nothing_runs_hot(watched: Watched) -> None:
    print(f"{len(SCENES)} players and eyes: {watched.cores:.2f} cores")
    assert watched.cores < CORES


@pytest.mark.parametrize("name", NEVER_SEEN)
def test_what_never_comes_is_tried_again_and_counts_nothing(watched: Watched, name: str) -> None:
    viewer = watched.viewers[name]
    assert any(isinstance(event, Retrying) for event in viewer.events)
    assert not any(isinstance(event, Position) for event in viewer.events)
    assert viewer.recorded_ms == 0


@pytest.mark.parametrize("name", [name for name in SCENES if name not in CHANGE])
def test_no_time_is_counted_that_was_not_shown(watched: Watched, name: str) -> None:
    viewer = watched.viewers[name]
    print(f"{name}: counted {viewer.recorded_ms} ms, seen {viewer.seen_ms} ms", viewer.story())
    assert viewer.recorded_ms <= viewer.seen_ms + FALSE_MS * watched.stretches(name)


@pytest.mark.parametrize("name", STOP)
def test_what_stops_is_told(watched: Watched, name: str) -> None:
    assert any(isinstance(event, Stalled | Retrying) for event in watched.viewers[name].events)


@pytest.mark.parametrize("name", COME_BACK)
def test_what_comes_back_plays_on_by_itself(watched: Watched, name: str) -> None:
    viewer = watched.viewers[name]
    assert isinstance(viewer.events[-1], Position), viewer.story()
    assert viewer.seen[-1].end_ms >= viewer.events[-1].at_ms - 1_000


@pytest.mark.parametrize("name", UNDISTURBED)
def test_what_the_store_bridges_is_neither_seen_nor_told(watched: Watched, name: str) -> None:
    viewer = watched.viewers[name]
    assert not any(isinstance(event, Stalled | Retrying) for event in viewer.events)
    assert viewer.player.statistics.frames_lost <= viewer.player.statistics.frames_shown // 20


@pytest.mark.parametrize("name", CHANGE)
def test_what_changes_under_way_is_seen_again_by_itself(watched: Watched, name: str) -> None:
    viewer = watched.viewers[name]
    print(f"{name}: counted {viewer.recorded_ms} ms, seen {viewer.seen_ms} ms", viewer.story())
    assert viewer.recorded_ms >= viewer.seen_ms - FALSE_MS
    assert viewer.seen[-1].end_ms >= viewer.events[-1].at_ms - 1_000
