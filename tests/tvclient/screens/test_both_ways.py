"""Both ways to the screen on a real X server: windows come and go, threads block, nothing is left behind."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from Xlib.display import Display

from tests.tvclient.playback.media import make_clip
from tests.tvclient.screens.player_agent import CLIP_MS, PlayerAgent, source
from tests.tvclient.screens.running_television import (
    PICTURE,
    SIZE,
    RunningTelevision,
    Watching,
    wait_for,
)

TIMES = 20
WARM = 8
GROWTH_MB = 40.0
"""What Python has not collected yet; one picture's memory lost each time would be twice as much."""
WAYS = ("plain_x11", "texture")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    make_clip(path, "1280x720", CLIP_MS, "-movflags", "+faststart")
    return path


@pytest.fixture(params=WAYS)
def television(
    request: pytest.FixtureRequest, watching: Watching, clip: Path, tmp_path: Path
) -> Iterator[RunningTelevision]:
    """It plays; at its end it must go in order, without having noted an error."""
    with (
        PlayerAgent({"5.1": source(clip)}) as agent,
        watching(agent, "5.1", video_output=request.param) as running,
    ):
        wait_for(lambda: plays(running))
        yield running
    assert running.process.returncode == 0
    log = (tmp_path / "television.log").read_text()
    assert "ERROR" not in log and "Traceback" not in log, log


@pytest.fixture
def display(display_name: str) -> Iterator[Display]:
    connection = Display(display_name)
    yield connection
    connection.close()


def windows(display: Display) -> list[Any]:
    """All of them, the television's own first."""
    waiting, found = [display.screen().root], []
    while waiting:
        children = waiting.pop(0).query_tree().children
        waiting += children
        found += children
    return found


def main_window(display: Display) -> Any:
    return next(one for one in windows(display) if one.get_geometry().width > 100)


def moves(television: RunningTelevision) -> bool:
    """The picture changes within a second."""
    first = television.strip()
    until = time.monotonic() + 1
    while television.strip() == first:
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def left_over(television: RunningTelevision, display: Display) -> tuple[int, int, int]:
    """Windows, threads and open files."""
    process = Path("/proc", str(television.process.pid))
    threads, files = (len(list((process / name).iterdir())) for name in ("task", "fd"))
    return len(windows(display)), threads, files


def resident_mb(television: RunningTelevision) -> float:
    pages = int(Path("/proc", str(television.process.pid), "statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def plays(television: RunningTelevision) -> bool:
    return television.shows_picture_at(*PICTURE) and moves(television)


def leave(television: RunningTelevision) -> None:
    television.press("End")
    wait_for(lambda: television.screens()[-1] == "home")


def leave_and_return(television: RunningTelevision) -> None:
    leave(television)
    television.process.send_signal(signal.SIGUSR1)
    wait_for(lambda: television.screens()[-1] == "player")
    wait_for(lambda: plays(television))


def test_twenty_times_out_and_in_leave_nothing_behind(
    television: RunningTelevision, display: Display
) -> None:
    for _ in range(WARM):  # what is loaded once, and threads that are kept
        leave_and_return(television)
    leave(television)
    time.sleep(2)  # libVLC's threads end after it was told to stop
    before, before_mb = left_over(television, display), resident_mb(television)
    television.process.send_signal(signal.SIGUSR1)
    wait_for(lambda: plays(television))
    for _ in range(TIMES):
        leave_and_return(television)
    leave(television)
    wait_for(lambda: left_over(television, display) <= before)
    assert resident_mb(television) - before_mb < GROWTH_MB


def test_the_picture_follows_the_size_of_the_window(television: RunningTelevision, display: Display) -> None:
    window = main_window(display)
    for width, height in ((960, 540), (640, 480), (1280, 720), (1280, 500), SIZE):
        window.configure(width=width, height=height)
        display.sync()
        wait_for(lambda: plays(television))
    for corner in ((20, 500), (1900, 20)):
        wait_for(lambda corner=corner: television.shows_picture_at(*corner))


def test_a_window_that_was_away_shows_the_picture_again(
    television: RunningTelevision, display: Display
) -> None:
    window = main_window(display)
    for _ in range(3):
        window.unmap()
        display.sync()
        time.sleep(1)
        window.map()
        display.sync()
        wait_for(lambda: plays(television))


def test_a_blocked_main_thread_neither_stops_the_player_nor_breaks_it(
    television: RunningTelevision, display: Display
) -> None:
    television.process.send_signal(signal.SIGUSR2)
    time.sleep(3.5)
    wait_for(lambda: plays(television))
    television.press("End")
    wait_for(lambda: television.screens()[-1] == "home")


@pytest.mark.parametrize("television", ["plain_x11"], indirect=True)
def test_without_its_own_window_the_picture_is_lost_but_not_the_television(
    television: RunningTelevision, display: Display
) -> None:
    drawn_into = main_window(display).query_tree().children
    for window in drawn_into:
        window.destroy()
    display.sync()
    wait_for(lambda: not television.shows_picture_at(*PICTURE))
    television.press("Up")
    leave(television)
