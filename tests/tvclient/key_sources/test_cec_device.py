"""Messages as the kernel hands them over, through a real socket pair in the place of the adapter."""

import errno
import logging
import select
from pathlib import Path

import pytest

from tests.tvclient.key_sources.cec_line import ALL, BOX, TV, LinePort, sent
from tvclient.key_sources.cec_device import CecDevice
from tvclient.key_sources.cec_message import CecMessage
from tvclient.key_sources.device_search import DeviceKind
from tvclient.key_sources.key_sources import KeySources
from tvclient.remote.key_signal import KeySignal, Standby

CEC0 = Path("/dev/cec0")
HERE = CecMessage(BOX, ALL, 0x82, b"\x10\x00")


def sources(tmp_path: Path, port: LinePort, heard: list[object]) -> KeySources:
    (tmp_path / "cec0").touch()
    kind = DeviceKind(tmp_path, "cec*", lambda path: CecDevice(path, port), "不起作用", "video")
    found = KeySources([kind], heard.append, lambda: 0)
    found.begin()
    return found


def test_it_is_a_playback_device_and_says_once_that_it_is_to_be_seen() -> None:
    port = LinePort()
    device = CecDevice(CEC0, port)
    assert (port.claimed, port.replies) == (1, [HERE])
    port.changes = 2
    device.take(select.POLLPRI, 0)
    assert port.replies == [HERE]
    device.close()


def test_it_says_so_later_when_the_set_is_plugged_in_later() -> None:
    port = LinePort(physical=None, logical=None)
    device = CecDevice(CEC0, port)
    assert port.replies == []
    port.physical, port.logical, port.changes = 0x1000, BOX, 1
    device.take(select.POLLPRI, 0)
    assert port.replies == [HERE]
    device.close()


def test_keys_standby_and_answers_go_through_the_sources(tmp_path: Path) -> None:
    port, heard = LinePort(), []
    found = sources(tmp_path, port, heard)
    port.say(0x04, 0x44, 0x00)
    port.say(0x04, 0x45)
    port.say(0x04, 0x8F)
    port.say_raw(sent(0x40, 0x90, 0x00))
    port.say(0x0F, 0x36)
    found.handle_one_wait(0)
    assert [one.code for one in heard if isinstance(one, KeySignal)] == ["cec:SELECT"] * 2
    assert isinstance(heard[-1], Standby)
    assert port.replies == [HERE, CecMessage(BOX, TV, 0x90, b"\x00")]
    found.close()


def test_an_adapter_that_vanishes_lets_go_of_its_key(tmp_path: Path) -> None:
    port, heard = LinePort(), []
    found = sources(tmp_path, port, heard)
    port.say(0x04, 0x44, 0x01)
    found.handle_one_wait(0)
    (tmp_path / "cec0").unlink()
    port.vanish()
    found.handle_one_wait(0)
    assert [str(one.phase) for one in heard if isinstance(one, KeySignal)] == ["down", "up"]
    found.handle_one_wait(0)
    found.close()


@pytest.mark.parametrize("error", [errno.ENONET, errno.EBUSY, errno.EIO])
def test_a_line_that_takes_nothing_is_still_listened_to(error: int) -> None:
    port = LinePort()
    port.fails_with = error
    device = CecDevice(CEC0, port)
    port.say(0x04, 0x8F)
    port.say(0x04, 0x44, 0x01)
    assert len(device.take(select.POLLIN, 0)) == 1
    device.close()


def test_an_adapter_that_is_gone_while_answering_is_told() -> None:
    port = LinePort()
    device = CecDevice(CEC0, port)
    port.fails_with = errno.ENODEV
    port.say(0x04, 0x8F)
    with pytest.raises(OSError, match="No such device"):
        device.take(select.POLLIN, 0)
    with pytest.raises(OSError, match="No such device"):
        device.take(select.POLLERR | select.POLLHUP, 0)
    device.close()


def test_without_an_adapter_nothing_happens(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kind = DeviceKind(tmp_path, "cec*", lambda path: None, "不起作用", "video")
    found = KeySources([kind], lambda heard: None, lambda: 0)
    with caplog.at_level(logging.DEBUG):
        found.begin()
        found.handle_one_wait(0)
    assert caplog.records == []
    found.close()
