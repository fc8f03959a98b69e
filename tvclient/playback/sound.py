"""Where this box can play sound."""

import os
import socket
import stat
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

VLC_OPTIONS = ("--aout=adummy",)
"""libVLC opens a second output for a playlist that nobody plays; the player's own is chosen by name."""
SYSTEM_SERVER = Path("/run/pulse/native")
STEP_DB, STEP_PERCENT = 2.0, 5
"""A step of the volume is heard, and no step is a jump; 19 of them make the quietest 38 dB down."""
VLC_DB_PER_DECADE = 60.0
"""PulseAudio's volume and libVLC's own for ALSA are both cubic."""


class SoundOutput(StrEnum):
    """A sound server (PulseAudio, or PipeWire in its place), a card without one, or silence; the values are
    libVLC's names."""

    SERVER = "pulse"
    CARD = "alsa"
    NONE = "adummy"


class SoundPlace:
    """Looks at the box itself, so that libVLC need not try what is not there.

    A server that was there once is waited for: a card taken from it could not be opened by it any more.
    """

    def __init__(self, devices: Path = Path("/dev/snd"), environment: Mapping[str, str] = os.environ) -> None:
        self._devices = devices
        self._address = environment.get("PULSE_SERVER", "")
        self._sockets = _server_sockets(environment)
        self._had_server = False

    def choose(self) -> SoundOutput:
        """What can be played through now. Never waits for a server."""
        if self._server_answers():
            self._had_server = True
            return SoundOutput.SERVER
        return SoundOutput.CARD if self.cards() and not self._had_server else SoundOutput.NONE

    def cards(self) -> frozenset[tuple[str, int]]:
        """The outputs of all cards; one that was unplugged and plugged in again is another one."""
        return frozenset((path.name, path.stat().st_mtime_ns) for path in self._devices.glob("pcm*p"))

    def is_connected(self) -> bool:
        """Whether this process holds a connection to the server; one elsewhere always counts as held.

        libVLC plays on into a connection that has ended and tells nobody, and where systemd keeps the
        server's socket, a new server is not seen from outside either.
        """
        if self._is_elsewhere:
            return True
        wanted = {str(path.resolve()) for path in self._sockets}
        return not wanted.isdisjoint(_peers())

    @property
    def _is_elsewhere(self) -> bool:
        return bool(self._address) and not self._sockets

    def _server_answers(self) -> bool:
        return self._is_elsewhere or any(map(_answers, self._sockets))


def vlc_volume(loudness: int) -> int:
    """libVLC's percent for a loudness of 0 to 100, both 0 at 0 and 100 at 100."""
    if loudness <= 0:
        return 0
    down_db = (100 - loudness) / STEP_PERCENT * STEP_DB
    return round(100 * 10 ** (-down_db / VLC_DB_PER_DECADE))


def _server_sockets(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Where libpulse looks for a server on this machine; none if it is told to use one elsewhere."""
    address = environment.get("PULSE_SERVER", "")
    if address:
        local = address.rpartition("}")[2].removeprefix("unix:")
        return (Path(local),) if local.startswith("/") and " " not in local else ()
    folders = {"PULSE_RUNTIME_PATH": "native", "XDG_RUNTIME_DIR": "pulse/native"}
    found = [Path(environment[name], tail) for name, tail in folders.items() if environment.get(name)]
    return (*found[:1], SYSTEM_SERVER)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as door:
        door.setblocking(False)
        try:
            door.connect(str(path))
        except BlockingIOError:  # so many at its door that it will answer later
            return True
        except OSError:
            return False
    return True


def _peers() -> Iterator[str]:
    """Whom the sockets of this process are connected to."""
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            copy = os.dup(int(descriptor.name))
        except OSError:  # closed meanwhile
            continue
        if not stat.S_ISSOCK(os.fstat(copy).st_mode):
            os.close(copy)
            continue
        with socket.socket(fileno=copy) as connection:
            try:
                yield str(connection.getpeername())
            except OSError:  # connected to nobody
                continue
