"""The control room keeps on the air what the catalogue names, one look at a time."""

from pathlib import Path

import pytest

from municipal.live.broadcast import LiveFolders, Programme, running
from municipal.live.control_room import BACKOFF_FIRST_S, SETTLED_AFTER_S, STALLED_AFTER_S, ControlRoom
from tests.municipal.live.test_broadcast import wait_for


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
        """Of the channel's ffmpeg, if it is running."""
        playlist = str(self.folders.playlist(channel_id))
        return next((pid for pid, file in running(self.folders).items() if file == playlist), None)

    def failures(self) -> int:
        """How often ffmpeg has given up on the file of L1, in its own words."""
        return self.folders.log_file("L1").read_text().count("Invalid data")

    def has_seen_the_end(self, caplog: pytest.LogCaptureFixture, times: int) -> bool:
        """Look once more, at the same moment, and tell whether the control room has noticed."""
        self.look()
        return caplog.text.count("off_air channel=L1") == times


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
    wait_for(lambda: room.pid("L1") and room.pid("L2"), "both channels to be on the air")
    pid = room.pid("L1")
    room.programmes = [Programme("L1", clip)]
    room.look(1)
    assert room.pid("L1") == pid
    assert room.pid("L2") is None


def test_a_channel_with_another_file_starts_again(room, clip, tmp_path):
    room.programmes = [Programme("L1", clip)]
    room.look()
    wait_for(room.pid, "the channel to go on the air")
    before = room.pid()
    other = tmp_path / "other.mp4"
    other.write_bytes(clip.read_bytes())
    room.programmes = [Programme("L1", other)]
    room.look()
    wait_for(lambda: room.pid() not in (None, before), "another ffmpeg")


def test_what_ends_by_itself_starts_again_ever_more_slowly(room, broken, caplog):
    room.programmes = [broken]
    room.look()
    for tries, delay_s in enumerate((BACKOFF_FIRST_S, 2 * BACKOFF_FIRST_S, 4 * BACKOFF_FIRST_S), 1):
        wait_for(lambda tries=tries: room.has_seen_the_end(caplog, tries), "ffmpeg to give up")
        room.look(delay_s - 0.1)
        assert room.failures() == tries
        room.look(0.1)
        wait_for(lambda tries=tries: room.failures() == tries + 1, "another try")


def test_what_ran_for_long_starts_again_after_the_first_delay(room, broken, caplog):
    room.programmes = [broken]
    room.look()
    for tries in (1, 2, 3):
        wait_for(lambda tries=tries: room.failures() == tries, "ffmpeg to give up")
        room.now_s += SETTLED_AFTER_S
        wait_for(lambda tries=tries: room.has_seen_the_end(caplog, tries), "ffmpeg to give up")
        room.look(BACKOFF_FIRST_S)
    wait_for(lambda: room.failures() == 4, "another try")


def test_a_broadcast_that_no_longer_writes_is_started_again(room, clip):
    room.programmes = [Programme("L1", clip)]
    room.look()
    wait_for(room.pid, "the channel to go on the air")
    before = room.pid()
    room.look(1)
    room.look(STALLED_AFTER_S + 1)
    assert room.pid() is None
    room.look(BACKOFF_FIRST_S)
    wait_for(lambda: room.pid() not in (None, before), "another ffmpeg")


def test_its_own_thread_takes_everything_off_when_it_is_stopped(room, clip):
    room.programmes = [Programme("L1", clip)]
    room.control.start()
    wait_for(room.pid, "the channel to go on the air")
    room.control.stop()
    assert room.pid() is None
