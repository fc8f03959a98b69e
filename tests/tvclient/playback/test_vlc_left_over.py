"""What libVLC leaves behind when courses are left and players closed: nothing."""

import resource
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from Xlib.display import Display

from study.units import Milliseconds
from tests.tvclient.playback.conftest import SCREEN, boottime
from tests.tvclient.playback.media import MediaServer
from tests.tvclient.playback.player_rig import RealRig
from tests.tvclient.playback.watcher import Watcher
from tvclient.playback.output import Output
from tvclient.playback.player import OnEvent
from tvclient.playback.player_event import Failed, Playing, Position
from tvclient.playback.video_window import VideoWindow
from tvclient.playback.vlc_player import VlcPlayer

START = Milliseconds(0)
FIRST, FIFTY = 12, 52  # the last of four is one that cannot be opened, so nothing plays at the end
GROWTH_BYTES = 10_000_000
OTHERS_THREADS, OTHERS_FILES = 4, 6
"""What the media server, which lives in the same process, may have more of at any moment."""


@pytest.fixture
def rig(make_player: Callable[[OnEvent], VlcPlayer]) -> RealRig:
    return RealRig(make_player)


def windows_of(display: Display) -> set[int]:
    waiting, found = [display.screen().root], set()
    while waiting:
        children = waiting.pop().query_tree().children
        waiting += children
        found |= {int(child.id) for child in children}
    return found


def native_threads() -> set[str]:
    return {task.name for task in Path("/proc/self/task").iterdir()}


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def memory_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def test_fifty_courses_in_a_row_leave_nothing(
    rig: RealRig, display: Display, media_folder: Path, media_server: MediaServer
) -> None:
    def play_and_leave(count: int) -> None:
        for place in range(count):
            name = ("hd.mp4", "vod/index.m3u8", "moov_last.mp4", "empty.mp4")[place % 4]
            opening = rig.player.open(f"{media_server.url}/media/{name}", START, live=False)
            while (event := rig.next_event()).opening != opening or not isinstance(event, Playing | Failed):
                pass
        rig.player.stop()
        rig.settle()

    play_and_leave(FIRST)
    windows, threads, files, memory = windows_of(display), native_threads(), open_files(), memory_bytes()
    play_and_leave(FIFTY)
    assert len(windows_of(display)) == len(windows)
    assert len(native_threads()) <= len(threads) + OTHERS_THREADS
    assert open_files() <= files + OTHERS_FILES
    assert memory_bytes() - memory <= GROWTH_BYTES


def test_nothing_is_left_after_close(
    display_name: str, display: Display, parent_xid: int, output: Output, media_folder: Path
) -> None:
    def play_once() -> None:
        window = VideoWindow(parent_xid, SCREEN, display_name)
        window.show([])
        moved = threading.Event()
        player = VlcPlayer(
            lambda event: moved.set() if isinstance(event, Position) else None,
            boottime,
            window.attach,
            output,
            ("--aout=dummy",),
        )
        player.open(str(media_folder / "clip.mp4"), START, live=False)
        assert moved.wait(10)
        player.close()
        window.close()

    play_once()  # libVLC and X libraries keep what they load the first time
    windows, threads = windows_of(display), native_threads()
    for _ in range(3):
        play_once()
    assert windows_of(display) <= windows
    # Those of the tests before may end meanwhile, and the system takes its time for the last of ours.
    Watcher.wait_until(lambda: native_threads() <= threads)
