"""Real media with something wrong, of which most still play."""

import struct
from pathlib import Path

from tests.tvclient.playback.media import run_ffmpeg

BAD_MS = 4_000
TOLD_MS = 3 * BAD_MS
"""What the header of long.mp4 claims."""
KEY = "76a6c65c5ea762046bd749a2e632ccbb"
HEADS = ((b"mvhd", 16), (b"mdhd", 16), (b"tkhd", 20))
"""Boxes that name a length, and how far behind their name."""


def make_bad_media(folder: Path) -> None:
    _clip(folder / "good.mp4", "320x180")
    for name in ("really_mp4.mkv", "really_mp4.ts"):
        (folder / name).write_bytes((folder / "good.mp4").read_bytes())
    _copy(folder, "good.mp4", "silent.mp4", "-an")
    protection = ("-encryption_scheme", "cenc-aes-ctr", "-encryption_key", KEY, "-encryption_kid", KEY)
    _copy(folder, "good.mp4", "protected.mp4", *protection)
    (folder / "long.mp4").write_bytes(_three_times_as_long((folder / "good.mp4").read_bytes()))
    _make_changing(folder)


def _clip(path: Path, size: str) -> None:
    run_ffmpeg(
        *("-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25"),
        *("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", str(BAD_MS / 1000)),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac"),
        *("-movflags", "+faststart", str(path)),
    )


def _copy(folder: Path, source: str, name: str, *options: str) -> None:
    run_ffmpeg("-i", str(folder / source), "-c", "copy", *options, str(folder / name))


def _three_times_as_long(media: bytes) -> bytes:
    changed = bytearray(media)
    for name, offset in HEADS:
        place = -1
        while (place := changed.find(name, place + 1)) >= 0:
            at = place + len(name) + offset
            (length,) = struct.unpack_from(">I", changed, at)
            struct.pack_into(">I", changed, at, 3 * length)
    return bytes(changed)


def _make_changing(folder: Path) -> None:
    """Its pictures get bigger and of another shape half-way."""
    half = ("-t", str(BAD_MS / 2000))
    _copy(folder, "good.mp4", "first.ts", *half)
    _clip(folder / "bigger.mp4", "640x480")
    _copy(folder, "bigger.mp4", "second.ts", *half, "-output_ts_offset", str(BAD_MS / 2000))
    parts = [(folder / name).read_bytes() for name in ("first.ts", "second.ts")]
    (folder / "changing.ts").write_bytes(b"".join(parts))
    (folder / "really_ts.mp4").write_bytes(b"".join(parts))
