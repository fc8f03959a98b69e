"""A channel really runs: its playlist slides, old segments go, and nothing is left behind."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from municipal.live.broadcast import Broadcast, LiveFolders, Programme, Window, end_leftovers

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


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
    except OSError:
        return False


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
    assert not folders.pid_file("L1").exists()


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
print("on air", flush=True)
time.sleep(60)
"""


def test_when_the_server_is_killed_no_ffmpeg_is_left(folders, clip):
    command = [sys.executable, "-c", _SERVER, str(folders.playlists), str(folders.logs), str(clip)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        server.stdout.readline()
        pid = int(folders.pid_file("L1").read_text())
        assert is_alive(pid)
        server.kill()
    wait_for(lambda: not is_alive(pid), "ffmpeg to die with its server")


def test_the_next_start_ends_what_was_left_but_never_a_stranger(folders, clip):
    playlist = folders.playlist("L1")
    folders.logs.mkdir()
    endless = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen([*endless, str(playlist)]) as leftover, subprocess.Popen(endless) as stranger:
        folders.pid_file("L1").write_text(str(leftover.pid))
        folders.pid_file("L2").write_text(str(stranger.pid))
        end_leftovers(folders)
        assert leftover.wait(LONG_S) != 0
        assert stranger.poll() is None
        stranger.kill()
    folders.pid_file("L3").write_text("no number")
    end_leftovers(folders)
    assert [file.name for file in folders.logs.iterdir()] == ["live-L3.pid"]
