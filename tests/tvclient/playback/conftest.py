"""A display, real media, a media server and real players, once for all tests of playback."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display

from demo.display import virtual_display
from study.units import MonotonicMs
from tests.tvclient.playback.media import CLIP_MS, SHORT_MS, MediaServer, make_media
from tests.tvclient.playback.player_rig import FakeRig, PlayerRig, RealRig
from tests.tvclient.playback.track_media import make_track_media
from tests.tvclient.playback.watcher import Watcher
from tvclient.playback.output import Output, choose_output
from tvclient.playback.player import OnEvent
from tvclient.playback.video_window import VideoWindow
from tvclient.playback.vlc_player import VlcPlayer
from tvclient.remote.rect import Rect

SCREEN = Rect(0, 0, 1920, 1080)
PARENT_COLOUR = (200, 30, 60)


def boottime() -> MonotonicMs:
    return MonotonicMs(time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000)


@pytest.fixture(scope="session")
def display_name() -> Iterator[str]:
    with virtual_display() as name:
        yield name


@pytest.fixture(scope="session")
def media_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("media")
    make_media(folder)
    return folder


@pytest.fixture(scope="session")
def track_folder(media_folder: Path) -> Path:
    """Below the served one."""
    folder = media_folder / "tracks"
    folder.mkdir()
    make_track_media(folder)
    return folder


@pytest.fixture(scope="session")
def media_server(media_folder: Path) -> Iterator[MediaServer]:
    with MediaServer(media_folder).running() as server:
        yield server


@pytest.fixture
def soon_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A course that broke off is fetched anew twice, a moment apart, instead of for a quarter of a minute."""
    monkeypatch.setattr("tvclient.playback.attempts.COURSE_WAITS_MS", (100, 200))


@pytest.fixture
def output(display_name: str, monkeypatch: pytest.MonkeyPatch) -> Output:
    """Plain X11, on the test's own display: libVLC embeds itself only on that of the environment."""
    monkeypatch.setenv("DISPLAY", display_name)
    return choose_output("llvmpipe", None)


@pytest.fixture
def display(display_name: str) -> Iterator[Display]:
    connection = Display(display_name)
    yield connection
    connection.close()


@pytest.fixture
def parent_xid(display: Display) -> int:
    """A mapped window of one colour that stands for Kivy's; it goes with its connection."""
    red, green, blue = PARENT_COLOUR
    window = display.screen().root.create_window(
        *SCREEN, 0, X.CopyFromParent, background_pixel=red << 16 | green << 8 | blue
    )
    window.map()
    display.sync()
    return int(window.id)


@pytest.fixture
def video_window(display_name: str, parent_xid: int) -> Iterator[VideoWindow]:
    window = VideoWindow(parent_xid, SCREEN, display_name)
    window.show([])
    yield window
    window.close()


@pytest.fixture
def make_player(video_window: VideoWindow, output: Output) -> Iterator[Callable[[OnEvent], VlcPlayer]]:
    """Makes players that draw into the video window; closes them."""
    made = []

    def make(on_event: OnEvent) -> VlcPlayer:
        made.append(VlcPlayer(on_event, boottime, video_window.attach, output, ("--aout=dummy",)))
        return made[-1]

    yield make
    for player in made:
        player.close()


@pytest.fixture
def make_texture_player() -> Iterator[Callable[[OnEvent], VlcPlayer]]:
    """Makes players whose frames somebody takes; closes them."""
    made, output = [], choose_output("llvmpipe", "texture")

    def make(on_event: OnEvent) -> VlcPlayer:
        made.append(VlcPlayer(on_event, boottime, Watcher().picture.attach, output, ("--aout=dummy",)))
        return made[-1]

    yield make
    for player in made:
        player.close()


@pytest.fixture(params=["real", "texture", "fake"])
def rig(request: pytest.FixtureRequest) -> PlayerRig:
    """Each player that keeps the contract; tests of one of them have a rig of their own."""
    if request.param == "fake":
        return FakeRig(CLIP_MS, SHORT_MS)
    media: Path = request.getfixturevalue("media_folder")
    tracks: Path = request.getfixturevalue("track_folder")
    maker = "make_texture_player" if request.param == "texture" else "make_player"
    make: Callable[[OnEvent], VlcPlayer] = request.getfixturevalue(maker)
    return RealRig(make, media, tracks)
