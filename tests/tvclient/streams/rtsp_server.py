"""A real RTSP server: libVLC's own, which plays one file to whoever asks, over and over."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import vlc


@contextmanager
def running_rtsp(port: int, film: Path) -> Iterator[str]:
    """Serves `film` at the address it gives; killed at the end, as by a power cut."""
    command = [sys.executable, "-m", "tests.tvclient.streams.rtsp_server", str(port), str(film)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield f"rtsp://127.0.0.1:{port}/live"
        finally:
            server.kill()


def main(port: str, film: str) -> None:
    instance = vlc.Instance("--quiet", "--sout-keep")
    media = instance.media_new_path(film)
    media.add_option(f":sout=#rtp{{sdp=rtsp://127.0.0.1:{port}/live}}")
    media.add_option(":input-repeat=65535")
    player = instance.media_player_new()
    player.set_media(media)
    player.play()
    signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
