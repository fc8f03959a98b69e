"""A box whose input devices are named pipes, and whose sources are turned by the test."""

import os
import threading
from pathlib import Path

from tests.tvclient.key_sources.recorded import PipeNode, stream
from tvclient.key_sources.device import Device, Heard
from tvclient.key_sources.device_search import DeviceKind
from tvclient.key_sources.evdev_device import EvdevDevice, has_keys
from tvclient.key_sources.key_sources import KeySources
from tvclient.remote.key_signal import KeySignal


class PipedBox:
    """`broken` are errors with which opening a device fails; `keys` what each says it has; `tried_ms` when
    one was opened or failed to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "input"
        self.folder.mkdir()
        self.now_ms = 0
        self.heard: list[Heard] = []
        self.something_heard = threading.Event()
        self.tried_ms: list[int] = []
        self.broken: dict[str, int] = {}
        self.keys: dict[str, tuple[int, ...]] = {}
        self._writers: dict[str, int] = {}
        self.kind = DeviceKind(self.folder, "event*", self._open, "遥控器不起作用", "input")
        self.sources = KeySources([self.kind], self._hear, lambda: self.now_ms)

    def plug_in(self, name: str) -> Path:
        """The device file appears."""
        path = self.folder / name
        os.mkfifo(path)
        return path

    def send(self, name: str, recording: str | bytes) -> None:
        """Its keys are pressed."""
        if name not in self._writers:
            self._writers[name] = os.open(self.folder / name, os.O_WRONLY | os.O_NONBLOCK)
        data = recording if isinstance(recording, bytes) else stream(recording)
        os.write(self._writers[name], data)

    def unplug(self, name: str, leave_file: bool = False) -> None:
        """Reading it fails from now on, and its file goes."""
        if name in self._writers:
            os.close(self._writers.pop(name))
        if not leave_file:
            (self.folder / name).unlink()

    def turn(self, times: int = 3) -> list[tuple[str, str, str]]:
        """Let the sources look, without waiting; device, key and phase of what they heard since."""
        self.heard.clear()
        for _ in range(times):
            self.sources.handle_one_wait(longest_ms=0)
        return [
            (one.source.rpartition("/")[2], one.code, str(one.phase))
            for one in self.heard
            if isinstance(one, KeySignal)
        ]

    def close(self) -> None:
        for writer in self._writers.values():
            os.close(writer)
        self.sources.close()

    def _hear(self, heard: Heard) -> None:
        self.heard.append(heard)
        self.something_heard.set()

    def _open(self, path: Path) -> Device | None:
        self.tried_ms.append(self.now_ms)
        if path.name in self.broken:
            error = self.broken[path.name]
            raise OSError(error, os.strerror(error))
        node = PipeNode(path, keys=self.keys.get(path.name, (0x160,)))
        device = EvdevDevice(path, node)
        if not has_keys(node):
            device.close()
            return None
        return device
