"""Probing: what a media file is, how long, and whether it is whole."""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from municipal.errors import MediaError, StartError
from study.units import Milliseconds

VIDEO_CODECS = frozenset({"h264", "hevc", "mpeg4", "mpeg2video", "vp8", "vp9", "av1"})
AUDIO_CODECS = frozenset({"aac", "mp3", "ac3", "opus", "vorbis", "flac", "pcm_s16le", "mp2"})
LIVE_CODECS = frozenset({"h264"})
"""What an HLS playlist of MPEG-TS segments carries without being encoded again."""

PROBE_TIMEOUT_S = 60
TAIL_S = 3
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Media:
    """A file that boxes can play."""

    path: str
    """Below the media folder, with forward slashes."""
    length_ms: Milliseconds
    codec: str
    sha256: str
    size_bytes: int


def probe(folder: Path, name: str) -> Media:
    """Look into a file below `folder`. Raises MediaError in words; StartError without ffmpeg."""
    path = inside(folder, name)
    streams, length_ms = _streams_of(path, name)
    codec = _main_codec(streams, name)
    if length_ms <= 0:
        raise MediaError(f"媒体文件“{name}”没有时长，不能作为课程")
    if not _is_whole(path, length_ms):
        raise MediaError(f"媒体文件“{name}”不完整或已损坏，请重新复制")
    return Media(name, length_ms, codec, sha256_of(path), path.stat().st_size)


def inside(folder: Path, name: str) -> Path:
    """The file `name` below `folder`, never outside of it. Raises MediaError."""
    try:
        path = (folder / name).resolve()
        found = name != "" and path.is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError):
        found = False
    if not found:
        raise MediaError(f"文件夹中没有文件“{name[:80]}”")
    return path


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hexadecimal. Raises MediaError when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
    except OSError as error:
        raise MediaError(f"文件“{path.name}”读不出来（{error.strerror}）") from error
    return digest.hexdigest()


def _streams_of(path: Path, name: str) -> tuple[list[dict[str, Any]], Milliseconds]:
    command = ["ffprobe", "-v", "error", "-protocol_whitelist", "file", "-of", "json"]
    done = _run([*command, "-show_streams", "-show_format", f"file:{path}"])
    try:
        found = json.loads(done.stdout)
        length_s = Decimal(found["format"]["duration"])
        streams = list(found["streams"])
    except (ValueError, KeyError, TypeError, InvalidOperation) as error:
        raise MediaError(f"媒体文件“{name}”无法识别或已损坏") from error
    return streams, Milliseconds(int(length_s * 1000))


def _main_codec(streams: list[dict[str, Any]], name: str) -> str:
    """The codec of the picture, or of the sound where there is no picture."""
    codecs = [str(stream.get("codec_name")) for stream in streams]
    for known in (VIDEO_CODECS, AUDIO_CODECS):
        for codec in codecs:
            if codec in known:
                return codec
    raise MediaError(f"媒体文件“{name}”的格式（{'、'.join(codecs) or '无'}）站点不能播放")


def _is_whole(path: Path, length_ms: Milliseconds) -> bool:
    """Whether the last seconds are there: a copy that was cut off has its index but not its end."""
    tail_s = max(0.0, length_ms / 1000 - TAIL_S)
    command = ["ffprobe", "-v", "error", "-protocol_whitelist", "file", "-read_intervals", f"{tail_s:.3f}%"]
    shown = ["-show_entries", "packet=pts_time", "-of", "csv=print_section=0"]
    done = _run([*command, *shown, f"file:{path}"])
    # Seeking lands on the key frame before, so packets alone prove nothing: they must reach the tail.
    return done.returncode == 0 and not done.stderr.strip() and _last_s(done.stdout) >= tail_s


def _last_s(packets: bytes) -> float:
    times = [word for word in packets.decode(errors="replace").replace(",", " ").split() if word != "N/A"]
    return max(map(float, times), default=-1.0)


def _run(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=PROBE_TIMEOUT_S)
    except FileNotFoundError as error:
        raise StartError("没有找到 ffmpeg，媒体无法检查；请先安装 ffmpeg。") from error
    except subprocess.TimeoutExpired as error:
        raise MediaError(f"媒体文件“{Path(command[-1]).name}”检查超时") from error
