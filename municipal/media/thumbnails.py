"""Drawing: makes the sheets of thumbnails of a media file with ffmpeg, beside the media."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from municipal.errors import MediaError, StartError
from municipal.media.probe import AUDIO_CODECS
from study.course import Episode
from study.thumbnails import COLUMNS, EVERY_MS, HEIGHT_PX, ROWS, WIDTH_PX, sheet_paths

AUDIO = AUDIO_CODECS
FOLDER = "thumbnails"
"""Below the media folder, so that the platform serves it as it serves media."""

_QUALITY = "6"
"""Of JPEG by ffmpeg's scale: a sheet of a lecture takes about 300 kB."""
_TIMEOUT_MIN_S = 60.0
_TIMEOUT_PER_LENGTH = 0.5
"""Only key frames are decoded; a file that takes half its own length to be read is on a sick disk."""
_LAST_WORDS = 120


def prefix_of(episode: Episode) -> str:
    """What the paths of its sheets begin with: named by content, so that other media have other sheets."""
    return f"{FOLDER}/{episode.media_sha256[:32]}"


def are_made(folder: Path, episode: Episode) -> bool:
    """Whether all sheets of an episode lie below the media folder."""
    paths = sheet_paths(prefix_of(episode), episode.length_ms)
    return bool(paths) and all((folder / path).is_file() for path in paths)


def thumbnail_progress(done: int, total: int, title: str) -> None:
    """Say on the terminal how far the thumbnails have come; in a log, one line each."""
    if not total:
        return
    words = f"缩略图 {done}/{total} {title}".rstrip()
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{words}" + ("\n" if done == total else ""))
    else:
        sys.stderr.write(words + "\n")
    sys.stderr.flush()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Makes sheets below one media folder."""

    folder: Path
    progress: Callable[[int, int, str], None] = lambda done, total, title: None
    """Told how far it has come: items done, items in all, the title of the next."""

    def make(self, episode: Episode) -> None:
        """Make an episode's sheets. Raises MediaError in words; StartError without ffmpeg."""
        paths = sheet_paths(prefix_of(episode), episode.length_ms)
        if not paths:
            raise MediaError(f"“{episode.media_path}”太长，不做缩略图")
        try:
            (self.folder / FOLDER).mkdir(exist_ok=True)
            # Beside their place, so that each appears under its name only when it is whole.
            with tempfile.TemporaryDirectory(dir=self.folder / FOLDER) as room:
                self._draw(episode, Path(room))
                made = sorted(Path(room).glob("*.jpg"))
                if len(made) != len(paths):
                    raise MediaError(f"“{episode.media_path}”没有能看的画面，快进时不显示缩略图")
                for sheet, path in zip(made, paths, strict=True):
                    sheet.chmod(0o644)
                    sheet.replace(self.folder / path)
        except OSError as error:
            raise MediaError(f"缩略图存不进媒体文件夹（{error.strerror}），请检查权限和磁盘空间") from error

    def _draw(self, episode: Episode, room: Path) -> None:
        media = self.folder / episode.media_path
        timeout_s = max(_TIMEOUT_MIN_S, episode.length_ms / 1000 * _TIMEOUT_PER_LENGTH)
        pictures = -(-episode.length_ms // EVERY_MS)
        try:
            done = subprocess.run(
                _command(media, room, pictures), capture_output=True, check=False, timeout=timeout_s
            )
        except FileNotFoundError as error:
            words = "没有找到 ffmpeg，缩略图做不了；请先安装 ffmpeg，或加 --no-thumbnails。"
            raise StartError(words) from error
        except subprocess.TimeoutExpired as error:
            raise MediaError(f"“{episode.media_path}”读得太慢，没有等完") from error
        if done.returncode != 0:
            words = done.stderr.decode(errors="replace").strip()[-_LAST_WORDS:].replace("\n", " ")
            raise MediaError(f"“{episode.media_path}”的画面读不出来（ffmpeg：{words}）")


def _command(media: Path, room: Path, pictures: int) -> list[str]:
    # Key frames only: a film of an hour takes seconds instead of minutes, and seeks land on them as well.
    source = ["-skip_frame", "nokey", "-protocol_whitelist", "file", "-i", f"file:{media}", "-map", "0:V:0"]
    graph = (
        # Picture n is the last key frame at or before n × EVERY_MS; the last one goes on to the end.
        f"fps=1/{EVERY_MS // 1000}:round=up:start_time=0,"
        # Whole colours until the sheet is put together: HEIGHT_PX is odd, and 4:2:0 would take a row away.
        # Pixels that are not square are made so first, as the player does.
        f"scale='trunc(iw*sar)':ih,scale={WIDTH_PX}:{HEIGHT_PX}:force_original_aspect_ratio=decrease,"
        "format=yuv444p,"
        f"pad={WIDTH_PX}:{HEIGHT_PX}:-1:-1,setsar=1,tpad=stop=-1:stop_mode=clone,"
        f"trim=end_frame={pictures},tile={COLUMNS}x{ROWS}"
    )
    form = ["-q:v", _QUALITY, "-pix_fmt", "yuvj420p", "-f", "image2"]
    program = ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1"]
    return [*program, *source, "-vf", graph, "-an", "-sn", *form, str(room / "%03d.jpg")]
