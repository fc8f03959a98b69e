"""Real input devices that the kernel makes for the test, where it has uinput."""

import fcntl
import os
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tvclient.key_sources.recorded import stream
from tvclient.key_sources.box_devices import input_devices
from tvclient.key_sources.device import Heard
from tvclient.key_sources.evdev_device import InputNode
from tvclient.key_sources.key_sources import KeySources
from tvclient.remote.key_signal import KeySignal

UINPUT = Path("/dev/uinput")
NAME = "zhanxue test remote"
# linux/uinput.h.
UI_DEV_CREATE, UI_DEV_DESTROY = 0x5501, 0x5502
UI_DEV_SETUP, UI_SET_EVBIT, UI_SET_KEYBIT = 0x405C5503, 0x40045564, 0x40045565
SETUP = struct.Struct("@HHHH80sI")
BUS_VIRTUAL, EV_KEY, KEY_OK, KEY_BACK = 6, 1, 0x160, 158
PATIENCE_S = 15.0

pytestmark = pytest.mark.skipif(
    not os.access(UINPUT, os.W_OK),
    reason="no /dev/uinput to write to: the kernel makes no input devices for tests here",
)


class Remote:
    """A remote with two keys."""

    def __init__(self) -> None:
        self._fd = os.open(UINPUT, os.O_WRONLY | os.O_NONBLOCK)
        fcntl.ioctl(self._fd, UI_SET_EVBIT, EV_KEY)
        for key in (KEY_OK, KEY_BACK):
            fcntl.ioctl(self._fd, UI_SET_KEYBIT, key)
        fcntl.ioctl(self._fd, UI_DEV_SETUP, SETUP.pack(BUS_VIRTUAL, 1, 1, 1, NAME.encode(), 0))
        fcntl.ioctl(self._fd, UI_DEV_CREATE)

    def send(self, recording: str) -> None:
        os.write(self._fd, stream(recording))

    def unplug(self) -> None:
        fcntl.ioctl(self._fd, UI_DEV_DESTROY)
        os.close(self._fd)


@pytest.fixture
def heard() -> list[Heard]:
    return []


@pytest.fixture
def sources(heard: list[Heard]) -> Iterator[KeySources]:
    sources = KeySources([input_devices()], heard.append, lambda: time.monotonic_ns() // 1_000_000)
    sources.begin()
    yield sources
    sources.close()


def turn_until(sources: KeySources, happened: object) -> None:
    assert callable(happened)
    until = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < until, "it did not come to that in time"
        sources.handle_one_wait(longest_ms=50)


def node_path() -> Path | None:
    for path in Path("/dev/input").glob("event*"):
        node = InputNode(path)
        os.close(node.fd)
        if node.name == NAME:
            return path
    return None


def test_a_remote_that_is_plugged_in_pressed_and_unplugged(sources: KeySources, heard: list[Heard]) -> None:
    remote = Remote()
    turn_until(sources, lambda: node_path() in sources._devices)
    remote.send("0 KEY OK 1; 0 SYN REPORT 0; 0 KEY OK 0; 0 SYN REPORT 0; 0 KEY BACK 1; 0 SYN REPORT 0")
    turn_until(sources, lambda: len(heard) == 3)
    remote.unplug()
    turn_until(sources, lambda: len(heard) == 4)
    told = [(one.code, str(one.phase)) for one in heard if isinstance(one, KeySignal)]
    assert told == [
        ("evdev:KEY_OK", "down"),
        ("evdev:KEY_OK", "up"),
        ("evdev:KEY_BACK", "down"),
        ("evdev:KEY_BACK", "up"),
    ]


def test_a_device_that_is_grabbed_is_heard_by_nobody_else() -> None:
    remote, heard = Remote(), []
    owner = KeySources([input_devices(grab=(NAME,))], heard.append, lambda: 0)
    owner.begin()
    turn_until(owner, lambda: node_path() in owner._devices)
    other: list[Heard] = []
    listener = KeySources([input_devices()], other.append, lambda: 0)
    listener.begin()
    remote.send("0 KEY OK 1; 0 SYN REPORT 0")
    turn_until(owner, lambda: len(heard) == 1)
    listener.handle_one_wait(longest_ms=100)
    assert other == []
    remote.unplug()
    owner.close()
    listener.close()
