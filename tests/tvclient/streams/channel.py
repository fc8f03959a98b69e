"""Channels of every kind that can go on the air, die and come back."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.tvclient.streams.broadcaster import (
    broadcasting,
    free_port,
    hls,
    mpeg_ts,
    mpeg_ts_in_rtp,
    picture,
    sound,
)
from tests.tvclient.streams.nginx import Nginx
from tests.tvclient.streams.rtsp_server import running_rtsp

PLAYLIST_S = 15.0
GROUP = "239.255.77.7"
FILM_S = 20


@dataclass(frozen=True, slots=True)
class Channel:
    """`on_air` broadcasts for as long as it lasts; its end is a power cut."""

    url: str
    on_air: Callable[[], AbstractContextManager[object]]


def hls_channel(nginx: Nginx, name: str, source: list[str], **window: int) -> Channel:
    """On the air once the first segment is there."""
    folder = nginx.root / name

    @contextmanager
    def on_air() -> Iterator[None]:
        playlist = folder / "index.m3u8"
        before = playlist.stat().st_mtime_ns if playlist.exists() else 0
        with broadcasting(*source, *hls(folder, **window)):
            until = time.monotonic() + PLAYLIST_S
            while not playlist.exists() or playlist.stat().st_mtime_ns == before:
                assert time.monotonic() < until, "ffmpeg writes no playlist"
                time.sleep(0.05)
            yield

    return Channel(f"{nginx.url}/{name}/index.m3u8", on_air)


def udp_channel(source: list[str], host: str = "127.0.0.1") -> Channel:
    address = f"udp://{host}:{free_port()}"
    return Channel(address, lambda: broadcasting(*source, *mpeg_ts(address)))


def rtp_channel(source: list[str], host: str = "127.0.0.1") -> Channel:
    address = f"rtp://{host}:{free_port()}"
    return Channel(address, lambda: broadcasting(*source, *mpeg_ts_in_rtp(address)))


def rtsp_channel(folder: Path) -> Channel:
    film, port = folder / "rtsp.ts", free_port()
    make = [*(part for part in picture() if part != "-re"), "-t", str(FILM_S), str(film)]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *make], check=True, stdin=subprocess.DEVNULL)
    return Channel(f"rtsp://127.0.0.1:{port}/live", lambda: running_rtsp(port, film))


def every_kind(nginx: Nginx, folder: Path) -> dict[str, Channel]:
    return {
        "hls": hls_channel(nginx, "hls", picture()),
        "hls_sound": hls_channel(nginx, "hls_sound", sound()),
        "udp": udp_channel(picture()),
        "udp_sound": udp_channel(sound()),
        "multicast": udp_channel(picture(), GROUP),
        "rtp": rtp_channel(picture()),
        "rtsp": rtsp_channel(folder),
    }
