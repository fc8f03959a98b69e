"""A television set and the box on a line that the kernel itself plays, where its vivid driver is loaded."""

import ctypes
import fcntl
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tvclient.key_sources.cec_line import ALL, BOX, TV
from tests.tvclient.key_sources.set_edid import set_edid
from tvclient.key_sources.box_devices import cec_adapters
from tvclient.key_sources.cec_message import CecMessage
from tvclient.key_sources.cec_port import LOG_ADDRS, S_LOG_ADDRS, VENDOR_NONE, VERSION_1_4, CecPort
from tvclient.key_sources.device import Heard
from tvclient.key_sources.device_search import DeviceKind
from tvclient.key_sources.key_sources import KeySources
from tvclient.remote.key_signal import KeySignal, Standby

PATIENCE_S = 15.0
VIDIOC_S_EDID, EDID_FIELDS = 0xC0285629, struct.Struct("@8IQ")
HDMI_INPUT = 3
HERE = CecMessage(BOX, ALL, 0x82, b"\x10\x00")


def adapter(what: str) -> Path | None:
    """The adapter of vivid's input ("vid-cap": the set) or output ("vid-out": the box)."""
    for path in sorted(Path("/dev").glob("cec*")):
        try:
            port = CecPort(path)
        except OSError:
            continue
        port.close()
        if port.name.startswith("vivid") and what in port.name:
            return path
    return None


pytestmark = pytest.mark.skipif(
    adapter("vid-out") is None, reason="no HDMI-CEC of the vivid driver: modprobe vivid as root, where it is"
)


def plug_in_the_set() -> None:
    """Give vivid's HDMI input an EDID of a set at 0.0.0.0: then its output is at 1.0.0.0."""
    edid = ctypes.create_string_buffer(set_edid(0), 256)
    for path in Path("/dev").glob("video*"):
        with path.open("rb", buffering=0) as video:
            fields = EDID_FIELDS.pack(HDMI_INPUT, 0, 2, 0, 0, 0, 0, 0, ctypes.addressof(edid))
            try:
                fcntl.ioctl(video, VIDIOC_S_EDID, bytearray(fields))
            except OSError:
                continue  # the output, which has none


def give_up(path: Path) -> None:
    """What an adapter was configured as stays, and can't be changed, only given up."""
    port = CecPort(path)
    fcntl.ioctl(port.fd, S_LOG_ADDRS, bytearray(LOG_ADDRS.size))
    port.close()


class Line:
    """The box's sources, turned by the test, and the set's own adapter."""

    def __init__(self, box: Path, television: Path) -> None:
        self.heard: list[Heard] = []
        self.television: list[CecMessage] = []
        self._port = CecPort(television)
        playing = (bytes(4), 0, VERSION_1_4, 1, VENDOR_NONE, 0, b"set", bytes(4), bytes(4), b"\x80\0\0\0")
        for path in (box, television):
            give_up(path)
        fcntl.ioctl(self._port.fd, S_LOG_ADDRS, bytearray(LOG_ADDRS.pack(*playing, bytes(48))))
        kind = cec_adapters()
        only_box = DeviceKind(box.parent, box.name, kind.open, kind.words, kind.group)
        self._sources = KeySources([only_box], self.heard.append, lambda: time.monotonic_ns() // 1_000_000)
        self.wait(lambda: self._port.state().logical == TV)
        self._sources.begin()

    def say(self, *payload: int, to: int = BOX) -> None:
        self._port.transmit(CecMessage(TV, to, payload[0], bytes(payload[1:])))

    def wait(self, happened: Callable[[], bool]) -> None:
        """Turn both ends until it has happened."""
        until = time.monotonic() + PATIENCE_S
        while not happened():
            assert time.monotonic() < until, f"heard {self.heard}, the set heard {self.television}"
            self._sources.handle_one_wait(longest_ms=20)
            self._listen()

    def told(self) -> list[tuple[str, str]]:
        return [(one.code, str(one.phase)) for one in self.heard if isinstance(one, KeySignal)]

    def close(self) -> None:
        self._sources.close()
        self._port.close()

    def _listen(self) -> None:
        while True:
            try:
                message = self._port.receive()
            except BlockingIOError:
                return
            if message is not None:
                self.television.append(message)


@pytest.fixture
def line() -> Iterator[Line]:
    box, television = adapter("vid-out"), adapter("vid-cap")
    assert box is not None and television is not None
    plug_in_the_set()
    line = Line(box, television)
    line.wait(lambda: HERE in line.television)
    yield line
    line.close()


def test_keys_of_the_set(line: Line) -> None:
    line.say(0x44, 0x01)
    line.say(0x45)
    line.wait(lambda: len(line.heard) == 2)
    assert line.told() == [("cec:UP", "down"), ("cec:UP", "up")]


def test_a_key_that_is_never_released(line: Line) -> None:
    line.say(0x44, 0x02)
    line.wait(lambda: len(line.heard) == 2)
    assert line.told() == [("cec:DOWN", "down"), ("cec:DOWN", "up")]


def test_standby(line: Line) -> None:
    line.say(0x36, to=ALL)
    line.wait(lambda: bool(line.heard))
    assert isinstance(line.heard[0], Standby)


def test_the_set_gets_its_answers(line: Line) -> None:
    power, abort = CecMessage(BOX, TV, 0x90, b"\x00"), CecMessage(BOX, TV, 0x00, b"\xa0\x00")
    for asked, answer in (((0x8F,), power), ((0xA0, 0, 0, 0), abort)):
        line.say(*asked)
        line.wait(lambda answer=answer: answer in line.television)
