"""A channel really runs: its playlist slides, old segments go, and nothing is left behind."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from municipal.live.broadcast import Broadcast, LiveFolders, Programme, Window, end_leftovers, running

LONG_S = 20.0


@pytest.fixture
def folders(tmp_path: Path) -> LiveFolders:
    return LiveFolders(tmp_path / "live", tmp_path / "log")


def wait_for(true, what: str) -> None:
    """Real processes take real time; this only bounds it."""
    until = time.monotonic() + LONG_S
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.05)


def segments_in(playlist: Path) -> list[str]:
    if not playlist.exists():
        return []
    return [line for line in playlist.read_text().splitlines() if line.endswith(".ts")]


def test_the_playlist_slides_while_the_clip_goes_round(folders, clip):
    broadcast = Broadcast(Programme("L1", clip), folders, Window(segment_s=1, listed=3, kept=1))
    playlist = folders.playlist("L1")
    try:
        wait_for(lambda: segments_in(playlist), "a first segment")
        first = segments_in(playlist)[0]
        # Six seconds on; the clip lasts four, so it went round as well.
        wait_for(lambda: not (playlist.parent / first).exists(), "the first segment to be thrown away")
        text, listed = playlist.read_text(), segments_in(playlist)
        assert len(listed) == 3
        assert first not in listed
        assert "#EXT-X-TARGETDURATION:1" in text
        assert "#EXT-X-ENDLIST" not in text
        assert (playlist.parent / listed[-1]).read_bytes()[:1] == b"\x47"
        assert broadcast.written_at_ns() > 0
    finally:
        broadcast.stop()
    assert not broadcast.is_running
    assert running(folders) == {}


def test_a_file_that_cannot_be_played_ends_and_its_words_are_kept(folders, tmp_path):
    (tmp_path / "broken.mp4").write_bytes(b"nothing")
    broadcast = Broadcast(Programme("L1", tmp_path / "broken.mp4"), folders, Window())
    wait_for(lambda: not broadcast.is_running, "ffmpeg to give up")
    broadcast.stop()
    assert b"Invalid data" in folders.log_file("L1").read_bytes()


_SERVER = """
import sys, time
from pathlib import Path
from municipal.live.broadcast import Broadcast, LiveFolders, Programme, Window
folders = LiveFolders(Path(sys.argv[1]), Path(sys.argv[2]))
Broadcast(Programme("L1", Path(sys.argv[3])), folders, Window())
time.sleep(60)
"""


def test_when_the_server_is_killed_no_ffmpeg_is_left(folders, clip):
    command = [sys.executable, "-c", _SERVER, str(folders.playlists), str(folders.logs), str(clip)]
    with subprocess.Popen(command) as server:
        wait_for(lambda: segments_in(folders.playlist("L1")), "the channel to go on the air")
        assert list(running(folders).values()) == [str(folders.playlist("L1"))]
        server.kill()
    wait_for(lambda: not running(folders), "ffmpeg to die with its server")


def test_the_next_start_ends_what_was_left_but_never_a_stranger(folders, clip, tmp_path):
    ours, others = str(folders.playlist("L1")), str(tmp_path / "elsewhere" / "index.m3u8")
    endless = ["-c", "import time; time.sleep(60)"]
    commands = {"leftover": ("ffmpeg", ours), "editor": ("vi", ours), "other city": ("ffmpeg", others)}
    processes = {
        name: subprocess.Popen([program, *endless, file], executable=sys.executable)
        for name, (program, file) in commands.items()
    }
    wait_for(lambda: processes["leftover"].pid in running(folders), "the leftover to be there")
    end_leftovers(folders)
    assert processes.pop("leftover").wait(LONG_S) == -signal.SIGKILL
    for process in processes.values():
        assert process.poll() is None
        process.kill()
        process.wait()
