"""A real PulseAudio, or a real PipeWire in its place, whose one loudspeaker is heard by a test."""

import math
import os
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RATE_HZ = 8_000
PATIENCE_S = 20.0
PULSE = (
    *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"),
    *("--load=module-native-protocol-unix", "--load=module-stream-restore"),
    "--load=module-null-sink sink_name=loudspeaker",
)


class SoundServer:
    """Started and ended at will; everything it keeps lies in `folder`, so that no other one is touched.

    `environment` is for who plays through it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "pulse" / "native"
        self.environment = {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{self.socket}",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder / 'bus'}",
        }
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Returns when it answers."""
        self._run(*PULSE)
        self._wait_for("pactl", "info")

    def kill(self) -> None:
        """As a crash does; the socket stays where it was."""
        for process in reversed(self._processes):
            process.kill()
            process.wait()
        self._processes.clear()

    def ask(self, *command: str) -> str:
        """What the server says to one of its own programs."""
        done = subprocess.run(command, env=self._env(), capture_output=True, text=True, check=True)
        return done.stdout

    def hear(self, seconds: float) -> list[float]:
        """What the loudspeaker plays from now on, -1 to 1, at RATE_HZ."""
        command = ["parec", "--device=loudspeaker.monitor", f"--rate={RATE_HZ}", "--channels=1"]
        command += ["--format=s16le", "--latency-msec=50"]
        wanted = int(seconds * RATE_HZ) * 2
        with subprocess.Popen(command, env=self._env(), stdout=subprocess.PIPE) as recorder:
            assert recorder.stdout is not None
            content = recorder.stdout.read(wanted)
            recorder.kill()
        return [value / 32_768 for (value,) in struct.iter_unpack("<h", content)]

    def _run(self, *command: str) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self._processes.append(subprocess.Popen(command, env=self._env(), stdout=log, stderr=log))

    def _wait_for(self, *command: str) -> None:
        until = time.monotonic() + PATIENCE_S
        while subprocess.run(command, env=self._env(), capture_output=True, check=False).returncode:
            assert time.monotonic() < until, (self.folder / "server.log").read_text()
            time.sleep(0.1)

    def _env(self) -> dict[str, str]:
        return os.environ | self.environment


class PipeWireServer(SoundServer):
    """PipeWire with its session manager and its face of PulseAudio, on a bus of its own."""

    def start(self) -> None:
        (self.folder / "bus").unlink(missing_ok=True)
        bus = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        self._run("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={bus}")
        self._wait_for(
            "dbus-send", "--session", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.GetId"
        )
        self._run("pipewire")
        self._wait_for("pw-cli", "info", "0")
        self._run("wireplumber")
        self._run("pipewire-pulse")
        self._wait_for("pactl", "info")
        self.ask("pactl", "load-module", "module-null-sink", "sink_name=loudspeaker")
        self._wait_for("pactl", "set-default-sink", "loudspeaker")


@contextmanager
def running(server: SoundServer) -> Iterator[SoundServer]:
    try:
        server.start()
        yield server
    finally:
        server.kill()


def tone_level_db(samples: list[float]) -> float:
    """How strong the one tone in the samples is, 0 for a full one.

    Whatever its pitch: late sound is played up to a tenth faster by libVLC until it has caught up.
    """
    power = sum(value * value for value in samples) / max(1, len(samples))
    return 10 * math.log10(2 * power + 1e-18)
