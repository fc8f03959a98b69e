"""The control room keeps on the air what the catalogue names, one look at a time."""

from pathlib import Path

import pytest

from municipal.live.broadcast import LiveFolders, Programme
from municipal.live.control_room import BACKOFF_FIRST_S, SETTLED_AFTER_S, STALLED_AFTER_S, ControlRoom
from tests.municipal.live.test_broadcast import is_alive, wait_for


class Room:
    """A control room whose programmes and clock a test sets."""

    def __init__(self, folder: Path) -> None:
        self.folders = LiveFolders(folder / "live", folder / "log")
        self.programmes: list[Programme] = []
        self.now_s = 0.0
        self.control = ControlRoom(lambda: self.programmes, self.folders, lambda: self.now_s)

    def look(self, after_s: float = 0.0) -> None:
        self.now_s += after_s
        self.control.handle_one_look()

    def pid(self, channel_id: str = "L1") -> int | None:
        file = self.folders.pid_file(channel_id)
        return int(file.read_text()) if file.exists() else None

    def is_on_air(self, channel_id: str = "L1") -> bool:
        pid = self.pid(channel_id)
        return pid is not None and is_alive(pid)


@pytest.fixture
def room(tmp_path):
    made = Room(tmp_path)
    yield made
    made.control.take_all_off()


@pytest.fixture
def broken(tmp_path: Path) -> Programme:
    (tmp_path / "broken.mp4").write_bytes(b"nothing")
    return Programme("L1", tmp_path / "broken.mp4")


def test_channels_go_on_and_off_the_air_with_the_catalogue(room, clip):
    room.programmes = [Programme("L1", clip), Programme("L2", clip)]
    room.look()
    assert room.is_on_air("L1")
    assert room.is_on_air("L2")
    pid = room.pid("L1")
    room.programmes = [Programme("L1", clip)]
    room.look(1)
    assert room.pid("L1") == pid
    assert room.pid("L2") is None


def test_a_channel_with_another_file_starts_again(room, clip, tmp_path):
    room.programmes = [Programme("L1", clip)]
    room.look()
    before = room.pid()
    other = tmp_path / "other.mp4"
    other.write_bytes(clip.read_bytes())
    room.programmes = [Programme("L1", other)]
    room.look()
    assert room.is_on_air()
    assert room.pid() != before


def test_what_ends_by_itself_starts_again_ever_more_slowly(room, broken):
    room.programmes = [broken]
    for delay_s in (BACKOFF_FIRST_S, 2 * BACKOFF_FIRST_S, 4 * BACKOFF_FIRST_S):
        room.look()
        pid = room.pid()
        wait_for(lambda: not room.is_on_air(), "ffmpeg to give up")
        room.look()
        room.look(delay_s - 0.1)
        assert room.pid() is None
        room.look(0.1)
        assert room.pid() not in (None, pid)


def test_what_ran_for_long_starts_again_after_the_first_delay(room, broken):
    room.programmes = [broken]
    for _ in range(3):
        room.look()
        wait_for(lambda: not room.is_on_air(), "ffmpeg to give up")
        room.look(SETTLED_AFTER_S)
        assert room.pid() is None
        room.look(BACKOFF_FIRST_S)
        assert room.pid() is not None


def test_a_broadcast_that_no_longer_writes_is_started_again(room, clip):
    room.programmes = [Programme("L1", clip)]
    room.look()
    before = room.pid()
    room.look(1)
    room.look(STALLED_AFTER_S + 1)
    assert room.pid() is None
    room.look(BACKOFF_FIRST_S)
    assert room.is_on_air()
    assert room.pid() != before


def test_its_own_thread_takes_everything_off_when_it_is_stopped(room, clip):
    room.programmes = [Programme("L1", clip)]
    room.control.start()
    wait_for(room.is_on_air, "the channel to go on the air")
    pid = room.pid()
    room.control.stop()
    assert pid is not None
    assert not is_alive(pid)
