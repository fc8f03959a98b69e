"""Channels of every kind die and return; a real player watches them all at once, each for itself."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from study.units import MonotonicMs
from tests.tvclient.streams.channel import Channel, every_kind
from tests.tvclient.streams.nginx import Nginx
from tests.tvclient.streams.viewer import Viewer, boottime
from tvclient.playback.player_event import Failed, Playing, Position, Retrying, Stalled

KINDS = ("hls", "hls_sound", "udp", "udp_sound", "multicast", "rtp", "rtsp")
WITH_PICTURE = tuple(kind for kind in KINDS if not kind.endswith("_sound"))
START_MS = 3_000
STALL_TOLD_MS = 1_000
BUSY = 2
"""A machine with others on it may take so many times as long."""


@dataclass(frozen=True, slots=True)
class Life:
    """What was seen of one channel, and when it died and came back."""

    viewer: Viewer
    first_position: Position
    died_at_ms: MonotonicMs
    told: Stalled | Retrying
    stood_since_ms: MonotonicMs
    returned_at_ms: MonotonicMs
    playing_again: Playing
    left_in_ms: int


def watch(viewer: Viewer, channel: Channel) -> Life:
    with channel.on_air():
        viewer.open(channel.url)
        first = viewer.until(Position)
        viewer.watch(6)
        died_at_ms, heard = boottime(), len(viewer.events)
    told = viewer.until(Stalled | Retrying, heard)
    viewer.watch(3)
    stood_since_ms = max((movement.end_ms for movement in viewer.seen), default=told.at_ms)
    heard = len(viewer.events)
    with channel.on_air():
        returned_at_ms = boottime()
        playing = viewer.until(Playing, heard)
        viewer.until(Position, len(viewer.events))
        viewer.watch(5)
        leaving_at_ms = boottime()
        viewer.player.close()
    left_in_ms = boottime() - leaving_at_ms
    return Life(viewer, first, died_at_ms, told, stood_since_ms, returned_at_ms, playing, left_in_ms)


@pytest.fixture(scope="module")
def lives(nginx: Nginx, streams_folder: Path, make_viewer: Callable[[], Viewer]) -> Mapping[str, Life]:
    channels = every_kind(nginx, streams_folder)
    watched = {kind: make_viewer() for kind in KINDS}
    with ThreadPoolExecutor(len(KINDS)) as pool:
        running = {kind: pool.submit(watch, watched[kind], channels[kind]) for kind in KINDS}
        return {kind: future.result() for kind, future in running.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_it_starts(lives: Mapping[str, Life], kind: str) -> None:
    life = lives[kind]
    start_ms = life.first_position.at_ms - life.viewer.opened_at_ms
    print(f"{kind}: open to first position {start_ms} ms")
    assert start_ms <= START_MS * BUSY


@pytest.mark.parametrize("kind", WITH_PICTURE)
def test_its_death_is_told_soon_after_the_last_picture(lives: Mapping[str, Life], kind: str) -> None:
    life = lives[kind]
    told_ms = life.told.at_ms - life.stood_since_ms
    print(f"{kind}: told {told_ms} ms after the last picture")
    assert told_ms <= STALL_TOLD_MS * BUSY


@pytest.mark.parametrize("kind", KINDS)
def test_it_plays_on_by_itself_when_it_returns(lives: Mapping[str, Life], kind: str) -> None:
    life = lives[kind]
    print(f"{kind}: back {life.playing_again.at_ms - life.returned_at_ms} ms after it returned")
    assert not any(isinstance(event, Failed) for event in life.viewer.events)
    attempts = [event.attempt for event in life.viewer.events if isinstance(event, Retrying)]
    assert attempts == sorted(attempts)


@pytest.mark.parametrize("kind", WITH_PICTURE)
def test_what_is_counted_was_seen(lives: Mapping[str, Life], kind: str) -> None:
    viewer = lives[kind].viewer
    print(f"{kind}: counted {viewer.recorded_ms} ms, seen {viewer.seen_ms} ms")
    # Joined in the middle, a stream is heard up to a second before its next key frame is seen.
    assert viewer.recorded_ms == pytest.approx(viewer.seen_ms, abs=2_500), viewer.story()


@pytest.mark.parametrize("kind", KINDS)
def test_it_can_be_left_at_once(lives: Mapping[str, Life], kind: str) -> None:
    print(f"{kind}: left in {lives[kind].left_in_ms} ms")
    assert lives[kind].left_in_ms < 4_000
