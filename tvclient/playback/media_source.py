"""What libVLC is given to open for the address of a course or channel."""

import logging
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

log = logging.getLogger(__name__)

_BARE_UDP = re.compile(r"(?i)^udp://(?=[^@]*$)")
_TRANSPORT_STREAM = (".ts", ".m2ts", ".mts")
_FETCHED = ("http", "file", "/")
_CARRIER = ("ffmpeg", "-nostdin", "-v", "quiet", "-rtsp_flags", "prefer_tcp")
_CARRIED = ("-map", "0:v?", "-map", "0:a?", "-c", "copy", "-f", "mpegts", "pipe:1")


@dataclass(frozen=True, slots=True)
class MediaSource:
    """`location` is for libVLC; `close` comes before libVLC is stopped, which may wait for data otherwise."""

    location: str
    needs_waking: bool = False
    """Its input sleeps until it is told something, and meanwhile neither counts nor tells positions."""
    carrier: "subprocess.Popen[bytes] | None" = None

    @property
    def options(self) -> tuple[str, ...]:
        """What comes when it is fetched may come late and is to be shown all the same.

        libVLC then throws away what it has in store: after every stall two seconds of film would be missing,
        and the picture up to the next key frame. Allowed less jitter than none, it moves its clock instead.
        What a sender sends at its own pace is better left out.
        """
        return (":clock-jitter=-1",) if self.location.startswith(_FETCHED) else ()

    def close(self) -> None:
        if self.carrier is None:
            return
        self.carrier.kill()
        self.carrier.wait()
        if self.carrier.stdout is not None:
            self.carrier.stdout.close()


def open_source(url: str, live: bool) -> MediaSource:
    """`url` is http, https, udp, rtp, rtsp or a file's path. Never waits for the network."""
    scheme = url.partition("://")[0].lower()
    if scheme == "rtsp":
        return _carried(url)
    if not live and _suffix(url) in _TRANSPORT_STREAM:
        return MediaSource(_read_by_ffmpeg(url))
    # For libVLC a bare udp://host:port is the sender's; one listens at udp://@group:port.
    return MediaSource(_BARE_UDP.sub("udp://@", url), needs_waking=scheme == "rtp")


def _suffix(url: str) -> str:
    return PurePosixPath(urlsplit(url).path).suffix.lower()


def _read_by_ffmpeg(url: str) -> str:
    """Without libVLC's own demuxer of transport streams.

    A subtitle file beside it makes that leave the stream's programme, which is then at its end; its lengths
    are half a second off.
    """
    scheme, rest = (url if "://" in url else Path(url).absolute().as_uri()).split("://", 1)
    return f"{scheme}/avformat://{rest}"


def _carried(url: str) -> MediaSource:
    """Through ffmpeg, which puts the stream as it is into MPEG-TS: Debian's libVLC knows no RTSP."""
    try:
        carrier = subprocess.Popen(
            [*_CARRIER, "-i", url, *_CARRIED],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        log.exception("ffmpeg is needed for RTSP")
        return MediaSource(url)
    stdout = carrier.stdout
    # As a stream of its own pace: read like a file it would drift away from the sender's clock.
    return MediaSource(f"stream:///proc/self/fd/{stdout.fileno() if stdout else -1}", carrier=carrier)
