"""The broadcast of one channel: an ffmpeg that plays a file for ever into a sliding HLS playlist."""

import logging
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

LOG_BYTES_MAX = 1 << 20
_STOP_TIMEOUT_S = 3


@dataclass(frozen=True, slots=True)
class Programme:
    """What is played on a channel."""

    channel_id: str
    media: Path


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a broadcast that can be fetched. Segments end at key frames, never between them."""

    segment_s: int = 2
    listed: int = 6
    kept: int = 5
    """Segments behind the list that are still there, for a television that reads slowly."""


@dataclass(frozen=True, slots=True)
class LiveFolders:
    """Where playlists are written, and where ffmpeg's own words go."""

    playlists: Path
    logs: Path

    def playlist(self, channel_id: str) -> Path:
        return self.playlists / channel_id / "index.m3u8"

    def log_file(self, channel_id: str) -> Path:
        return self.logs / f"live-{channel_id}.log"


class Broadcast:
    """One running ffmpeg. It dies with the thread that started it, however that one ends."""

    def __init__(self, programme: Programme, folders: LiveFolders, window: Window) -> None:
        """Starts at once. Raises OSError when a folder cannot be written or ffmpeg is not there."""
        self.programme = programme
        self._folders = folders
        self._window = window
        channel_id = programme.channel_id
        folders.logs.mkdir(parents=True, exist_ok=True)
        playlist = folders.playlist(channel_id)
        shutil.rmtree(playlist.parent, ignore_errors=True)
        playlist.parent.mkdir(parents=True)
        self._process = self._start(playlist)

    @property
    def is_running(self) -> bool:
        """Whether ffmpeg is there still."""
        return self._process.poll() is None

    def written_at_ns(self) -> int:
        """When the playlist was last written, by the file system; 0 before the first time."""
        try:
            return self._folders.playlist(self.programme.channel_id).stat().st_mtime_ns
        except OSError:
            return 0

    def stop(self) -> None:
        """End ffmpeg and wait for it."""
        self._process.terminate()
        try:
            self._process.wait(_STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self, playlist: Path) -> subprocess.Popen[bytes]:
        log_file = self._folders.log_file(self.programme.channel_id)
        if log_file.exists() and log_file.stat().st_size > LOG_BYTES_MAX:
            log_file.replace(log_file.with_suffix(".log.1"))
        with log_file.open("ab") as words:
            return subprocess.Popen(
                [*_dies_with_us(), *_command(self.programme.media, playlist, self._window)],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
            )


def running(folders: LiveFolders) -> dict[int, str]:
    """Every ffmpeg of these folders, whoever started it: its process id and the playlist it writes."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            program, *arguments = entry.read_bytes().decode(errors="replace").rstrip("\0").split("\0")
        except OSError:
            continue
        of_ours = arguments and Path(arguments[-1]).is_relative_to(folders.playlists)
        if of_ours and Path(program).name in ("ffmpeg", "setpriv"):
            found[int(entry.parent.name)] = arguments[-1]
    return found


def end_leftovers(folders: LiveFolders) -> None:
    """End what a server has left running that was killed just when it started one.

    Otherwise two would write the same playlist.
    """
    for pid, playlist in running(folders).items():
        log.warning("live leftover_ended pid=%d playlist=%s", pid, playlist)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _dies_with_us() -> list[str]:
    """util-linux asks the kernel to kill the child when its parent thread is gone."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []


def _command(media: Path, playlist: Path, window: Window) -> list[str]:
    source = ["-re", "-stream_loop", "-1", "-protocol_whitelist", "file", "-i", f"file:{media}"]
    # Segments are numbered by the clock, and a start is marked as a break, so that a television goes on
    # after ffmpeg was started again.
    flags = "delete_segments+omit_endlist+temp_file+discont_start"
    hls = ["-f", "hls", "-hls_time", str(window.segment_s), "-hls_list_size", str(window.listed)]
    hls += ["-hls_delete_threshold", str(window.kept), "-hls_flags", flags]
    hls += ["-hls_start_number_source", "epoch"]
    hls += ["-hls_segment_filename", str(playlist.parent / "seg-%d.ts"), str(playlist)]
    return ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "warning", *source, "-c", "copy", *hls]
