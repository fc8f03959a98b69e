"""libVLC on real media over real HTTP, good and broken."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display

from study.units import Milliseconds
from tests.tvclient.playback.conftest import PARENT_COLOUR, boottime
from tests.tvclient.playback.media import CLIP_MS, MediaServer, running_live
from tests.tvclient.playback.player_rig import RealRig, play_until
from tests.tvclient.playback.watcher import Watcher
from tvclient.playback.player import OnEvent
from tvclient.playback.player_event import (
    Ended,
    Failed,
    FailReason,
    Opened,
    Paused,
    Playing,
    Position,
    Retrying,
    Seeked,
    Shown,
    Stalled,
)
from tvclient.playback.video_window import VideoWindow
from tvclient.playback.vlc_player import VlcPlayer
from tvclient.remote.rect import Rect

START = Milliseconds(0)
PANEL, BLACK = Rect(600, 400, 300, 200), (0, 0, 0)


@pytest.fixture
def rig(make_player: Callable[[OnEvent], VlcPlayer]) -> RealRig:
    return RealRig(make_player)


@pytest.mark.parametrize("path", ["clip.mp4", "moov_last.mp4", "vod/index.m3u8", "sound_only.m4a"])
def test_plays_and_seeks_over_http(rig: RealRig, media_server: MediaServer, path: str) -> None:
    rig.player.open(f"{media_server.url}/media/{path}", START, live=False)
    play_until(rig, 500)
    rig.player.seek(Milliseconds(8_000))
    assert rig.until(Seeked).to_ms == 8_000
    assert 5_500 <= rig.until(Position).media_ms <= 9_000, "HLS lands where a segment starts"


def test_full_hd_over_http_plays_to_its_end(rig: RealRig, media_server: MediaServer) -> None:
    rig.player.open(f"{media_server.url}/media/hd.mp4", START, live=False)
    rig.until(Ended)
    assert rig.player.statistics.frames_shown >= 25


@pytest.mark.parametrize("path", ["media/missing.mp4", "forbidden", "media/empty.mp4", "media/text.mp4"])
def test_what_cannot_be_opened_says_so(rig: RealRig, media_server: MediaServer, path: str) -> None:
    rig.player.open(f"{media_server.url}/{path}", START, live=False)
    assert rig.until(Failed).reason is FailReason.CANNOT_OPEN
    assert not any(isinstance(event, Position) for event in rig.events)


@pytest.mark.parametrize("name", ["empty.mp4", "text.mp4", "headless.mp4", "missing.mp4"])
def test_a_broken_file_says_so(rig: RealRig, media_folder: Path, name: str) -> None:
    rig.player.open(str(media_folder / name), START, live=False)
    assert rig.until(Failed).reason is FailReason.CANNOT_OPEN


def test_a_server_that_is_not_there_says_so(rig: RealRig) -> None:
    rig.player.open("http://127.0.0.1:9/clip.mp4", START, live=False)
    assert rig.until(Failed).reason is FailReason.CANNOT_OPEN


@pytest.mark.usefixtures("soon_given_up")
def test_a_truncated_file_plays_what_it_has_then_has_broken_off(rig: RealRig, media_folder: Path) -> None:
    rig.player.open(str(media_folder / "truncated.mp4"), START, live=False)
    assert rig.until(Opened).length_ms == CLIP_MS
    failed = rig.until(Failed)
    assert failed.reason is FailReason.BROKE_OFF
    assert 500 <= failed.media_ms <= CLIP_MS // 2
    assert any(isinstance(event, Retrying) for event in rig.events)


def test_a_connection_that_breaks_is_taken_up_again(rig: RealRig, media_server: MediaServer) -> None:
    media_server.cut_next()
    rig.player.open(f"{media_server.url}/cut/clip.mp4", START, live=False)
    retrying = rig.until(Retrying)
    before = [event.media_ms for event in rig.events if isinstance(event, Position)][-1]
    assert retrying.attempt == 1
    assert rig.until(Playing).media_ms >= before
    assert rig.until(Ended).media_ms >= CLIP_MS - 500


def test_leaving_a_silent_server_does_not_hang(rig: RealRig, media_server: MediaServer) -> None:
    rig.player.open(f"{media_server.url}/silent", START, live=False)
    rig.settle()
    began = boottime()
    rig.player.open(f"{media_server.url}/media/clip.mp4", START, live=False)
    rig.until(Position)
    assert boottime() - began < 5_000


@pytest.mark.parametrize("wishes", ["seek pause", "pause seek"])
def test_a_jump_that_is_paused_under_way_has_its_picture(
    rig: RealRig, display: Display, video_window: VideoWindow, media_folder: Path, wishes: str
) -> None:
    rig.player.open(str(media_folder / "hd.mp4"), START, live=False)
    play_until(rig, 300)
    for wish in wishes.split():
        if wish == "pause":
            rig.player.pause()
        else:
            rig.player.seek(Milliseconds(1_900))
    rig.until(Paused)
    video_window.show([PANEL])
    Watcher.wait_until(lambda: colour_at(display, PANEL) == PARENT_COLOUR)
    video_window.show([])
    Watcher.wait_until(lambda: colour_at(display, PANEL) not in (PARENT_COLOUR, BLACK))
    told = [type(event) for event in rig.events if not isinstance(event, Shown)]
    assert told[-2:] == ([Playing, Paused] if wishes == "seek pause" else [Seeked, Paused])


def test_live_is_seen_to_stall_and_comes_back_by_itself(
    rig: RealRig, media_server: MediaServer, media_folder: Path
) -> None:
    with running_live(media_folder):
        rig.player.open(f"{media_server.url}/media/live/index.m3u8", Milliseconds(5_000), live=True)
        assert rig.until(Opened).length_ms is None
        play_until(rig, 2_000)
    stalled = rig.until(Stalled)
    assert stalled.at_ms - stalled.since_ms <= 1_200
    shutil.rmtree(media_folder / "live")
    with running_live(media_folder):
        rig.until(Retrying)
        rig.until(Playing)
        play_until(rig, stalled.media_ms + 1)
    assert not any(isinstance(event, Failed) for event in rig.events)


def test_live_can_be_paused_and_goes_on(rig: RealRig, media_server: MediaServer, media_folder: Path) -> None:
    with running_live(media_folder):
        rig.player.open(f"{media_server.url}/media/live/index.m3u8", START, live=True)
        play_until(rig, 1_000)
        rig.player.pause()
        rig.until(Paused)
        rig.settle()
        rig.player.resume()
        rig.until(Playing)
        rig.until(Position)


def test_an_event_handler_that_fails_does_not_stop_the_player(
    make_player: Callable[[OnEvent], VlcPlayer], media_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    moved = threading.Event()

    def fail_once(event: object) -> None:
        if isinstance(event, Opened):
            raise ValueError("a handler's own error")
        if isinstance(event, Position):
            moved.set()

    make_player(fail_once).open(str(media_folder / "clip.mp4"), START, live=False)
    assert moved.wait(10)
    assert "a handler's own error" in caplog.text


def colour_at(display: Display, place: Rect) -> tuple[int, int, int]:
    """In its middle."""
    x, y = place.x + place.w // 2, place.y + place.h // 2
    data = display.screen().root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF).data
    return data[2], data[1], data[0]
