"""How soon a film is seen after OK on the television, beside a command to a mpv that waits."""

import json
import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.playback_eyes import FILM, is_red, ms_from_key, two_connections, wait_for
from bench.playback_house import leave_course
from bench.playback_peers import ENDS_WITHIN_S, MPV, STARTS_WITHIN_S, Peer, running
from bench.television import television
from demo.display import RemoteAndEyes
from demo.home_screen import HomeScreen
from demo.house import House

TIMES = 8
SEEN_S = 1.0
"""So long each film stays; then it is left."""
IDLE_MPV = ("--idle", "--force-window=yes")


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """Milliseconds to the first frame, black box; for a waiting mpv, and with its start for a new one."""

    television_ms: list[float]
    waiting_mpv_ms: list[float]
    new_mpv_ms: list[float]

    @property
    def ratio(self) -> float:
        """Medians, to the one that waits: its start would flatter us."""
        return statistics.median(self.television_ms) / statistics.median(self.waiting_mpv_ms)


def measure_television(house: House, display: str, course: int) -> list[float]:
    """From the X key event of OK on the course's page; End brings that page back."""
    times = []
    with television(house, display) as operator, two_connections(display) as (remote, eyes):
        HomeScreen(operator, house).open_course(str(course))
        for _ in range(TIMES):
            time.sleep(SEEN_S)
            times.append(ms_from_key(remote, "Return", lambda: film_is_there(eyes), STARTS_WITHIN_S))
            time.sleep(SEEN_S)
            leave_course(operator, house)
            operator.wait_for_screen("course")
            operator.wait(lambda: operator.focus == "button:play", "no button to play", ENDS_WITHIN_S)
    return times


def measure_waiting_mpv(film: Path, folder: Path, display: str) -> list[float]:
    """From the JSON command to a mpv that shows its empty window already."""
    times = []
    door = folder / "mpv.sock"
    door.unlink(missing_ok=True)  # mpv leaves it behind, and nobody listens at that of an earlier round
    waiting = Peer("mpv", (*MPV, *IDLE_MPV))
    with RemoteAndEyes(display) as eyes, running(waiting, display, f"--input-ipc-server={door}"):
        wait_for(door.exists, STARTS_WITHIN_S)
        with _told(door) as mpv:
            for _ in range(TIMES):
                time.sleep(SEEN_S)
                began = time.monotonic()
                _tell(mpv, "loadfile", str(film))
                times.append((wait_for(lambda: film_is_there(eyes), STARTS_WITHIN_S) - began) * 1000)
                time.sleep(SEEN_S)
                _tell(mpv, "stop")
                wait_for(lambda: not film_is_there(eyes), STARTS_WITHIN_S)
    return times


def measure_new_mpv(film: Path, display: str) -> list[float]:
    """From the start of the process."""
    times = []
    with RemoteAndEyes(display) as eyes:
        for _ in range(TIMES):
            began = time.monotonic()
            with running(Peer("mpv", MPV), display, str(film)):
                times.append((wait_for(lambda: film_is_there(eyes), STARTS_WITHIN_S) - began) * 1000)
                time.sleep(SEEN_S)
    return times


def film_is_there(eyes: RemoteAndEyes) -> bool:
    return is_red(eyes.look(*FILM))


@contextmanager
def _told(door: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(door))
        yield line


def _tell(line: socket.socket, *command: str) -> None:
    line.sendall(json.dumps({"command": command}).encode() + b"\n")
