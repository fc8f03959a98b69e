"""Live streams made by ffmpeg, in real time, that can be killed."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = "320x180"

_TONE = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"]
_SOUND = ["-c:a", "aac", "-b:a", "64k"]


def picture(size: str = SIZE) -> list[str]:
    """ffmpeg's arguments for a moving picture and a tone in real time, a key frame every second."""
    # No two frames next to each other look alike anywhere, so that an eye on the screen knows movement.
    moving = ["-re", "-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25,hue=H=2*PI*t"]
    video = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p"]
    return [*moving, *_TONE, *video, "-g", "25", *_SOUND]


def sound() -> list[str]:
    """The same for a tone alone."""
    return ["-re", *_TONE, *_SOUND]


def hls(folder: Path, *, segment_s: int = 1, window: int = 4) -> list[str]:
    """ffmpeg's arguments for a sliding playlist in `folder`."""
    folder.mkdir(exist_ok=True)
    sliding = ["-hls_time", str(segment_s), "-hls_list_size", str(window)]
    # A broadcaster that comes back numbers its segments by the clock, so that none is taken for an old one.
    flags = ["-hls_flags", "delete_segments+omit_endlist+temp_file", "-hls_start_number_source", "epoch"]
    return ["-f", "hls", *sliding, *flags, str(folder / "index.m3u8")]


def mpeg_ts(url: str, first_pid: int = 0x100) -> list[str]:
    """ffmpeg's arguments for MPEG-TS to a udp:// address."""
    return ["-f", "mpegts", "-mpegts_start_pid", str(first_pid), f"{url}?pkt_size=1316"]


def mpeg_ts_in_rtp(url: str) -> list[str]:
    """ffmpeg's arguments for MPEG-TS in RTP packets to an rtp:// address."""
    return ["-f", "rtp_mpegts", url]


@contextmanager
def broadcasting(*arguments: str) -> Iterator[None]:
    """ffmpeg runs with these arguments; at the end it is killed, as by a power cut."""
    command = ["ffmpeg", "-v", "error", "-y", *arguments]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as ffmpeg:
        try:
            yield
        finally:
            ffmpeg.kill()


def free_port() -> int:
    """Free for TCP and UDP, and even, as RTP wants it."""
    while True:
        with socket.socket(type=socket.SOCK_DGRAM) as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                other.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port % 2 == 0:
            return port
