"""The program of player_television with named pipes in the place of the box's devices.

They lie in its data folder: input/event* and cec*; what is written to them is what the kernel would send.
"""

import errno
import os
from pathlib import Path

from tests.tvclient.key_sources.cec_line import BOX, MESSAGE
from tests.tvclient.key_sources.recorded import PipeNode
from tests.tvclient.screens import player_television
from tvclient import box_keys
from tvclient.key_sources.cec_device import CecDevice
from tvclient.key_sources.cec_message import CecMessage, unpack
from tvclient.key_sources.cec_port import CecPort, CecState
from tvclient.key_sources.device_search import DeviceKind
from tvclient.key_sources.evdev_device import EvdevDevice
from tvclient.settings import Settings


class PipePort(CecPort):
    """An adapter that is told what to hear, and sends into the void."""

    def __init__(self, path: Path) -> None:
        self.fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        self.name = path.name

    def claim(self) -> None:
        pass

    def state(self) -> CecState:
        return CecState(0x1000, BOX)

    def next_change(self) -> bool | None:
        return None

    def receive(self) -> CecMessage | None:
        data = os.read(self.fd, MESSAGE.size)
        if not data:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return unpack(data)

    def transmit(self, message: CecMessage) -> None:
        pass


def piped_kinds(settings: Settings) -> tuple[DeviceKind, ...]:
    """Both kinds of devices, in the data folder."""
    folder = settings.data_folder
    return (
        DeviceKind(folder / "input", "event*", lambda path: EvdevDevice(path, PipeNode(path)), "", "input"),
        DeviceKind(folder, "cec*", lambda path: CecDevice(path, PipePort(path)), "", "video"),
    )


if __name__ == "__main__":
    # Before the application is imported, which takes it from there.
    box_keys.device_kinds = piped_kinds
    player_television.main()
