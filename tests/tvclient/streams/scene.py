"""What goes wrong with live streams: each scene is played by a real server to one viewer."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.tvclient.streams.broadcaster import broadcasting, mpeg_ts, picture, sound
from tests.tvclient.streams.channel import Channel, hls_channel, udp_channel
from tests.tvclient.streams.jitter_line import running_jitter_line
from tests.tvclient.streams.nginx import Nginx
from tests.tvclient.streams.viewer import Viewer
from tvclient.playback.player_event import Playing, Position, Retrying, Stalled

OTHER_SIZE = "480x270"
SOUND_PID = 0x101
"""Where the sound is when there is a picture as well."""
LOGIN_PAGE = "<html><body>请先登录网络</body></html>\n" * 20

Scene = Callable[[Viewer, Nginx], None]


def playlist_stands(viewer: Viewer, nginx: Nginx) -> None:
    channel = hls_channel(nginx, "stands", picture())
    with channel.on_air():
        viewer.watch(3)
    viewer.open(channel.url)
    viewer.until(Retrying)
    viewer.watch(8)


def segments_are_gone(viewer: Viewer, nginx: Nginx) -> None:
    channel = hls_channel(nginx, "gone", picture())
    with channel.on_air():
        _start(viewer, channel)
        with _missing(nginx.root / "gone"):
            viewer.until(Stalled | Retrying, len(viewer.events))
            viewer.watch(3)
        _come_back(viewer)


def playlist_is_forbidden_for_a_while(viewer: Viewer, nginx: Nginx) -> None:
    channel = hls_channel(nginx, "forbidden", picture())
    mark = nginx.root / "forbidden" / "index.m3u8.forbidden"
    with channel.on_air():
        _start(viewer, channel)
        mark.touch()
        viewer.until(Stalled | Retrying, len(viewer.events))
        viewer.watch(3)
        mark.unlink()
        _come_back(viewer)


def one_byte_a_second(viewer: Viewer, nginx: Nginx) -> None:
    channel = hls_channel(nginx, "drip", picture())
    with channel.on_air():
        viewer.open(channel.url.replace("/drip/", "/dripping/drip/"))
        viewer.until(Retrying)


def half_the_speed_needed(viewer: Viewer, nginx: Nginx) -> None:
    channel = hls_channel(nginx, "half", picture())
    with channel.on_air():
        viewer.open(channel.url.replace("/half/", "/slow/half/"))
        viewer.watch(20)


def a_page_instead_of_the_playlist(viewer: Viewer, nginx: Nginx) -> None:
    channel = hls_channel(nginx, "page", picture())
    with channel.on_air():
        _start(viewer, channel)
    (nginx.root / "page" / "index.m3u8").write_text(LOGIN_PAGE, encoding="utf-8")
    viewer.until(Retrying, len(viewer.events))
    viewer.watch(5)


def redirected_for_ever(viewer: Viewer, nginx: Nginx) -> None:
    viewer.open(f"{nginx.url}/round/index.m3u8")
    viewer.until(Retrying)
    viewer.watch(8)


def another_resolution_and_clock(viewer: Viewer, nginx: Nginx) -> None:
    channel = udp_channel(picture())
    with channel.on_air():
        _start(viewer, channel)
    with broadcasting(*picture(OTHER_SIZE), "-output_ts_offset", "30000", *mpeg_ts(channel.url)):
        viewer.watch(8)


def only_sound_for_a_while(viewer: Viewer, nginx: Nginx) -> None:
    channel = udp_channel(picture())
    with channel.on_air():
        _start(viewer, channel)
    # Another version of the tables, or the receiver goes on waiting for the clock in the picture.
    changed = ["-tables_version", "1", "-output_ts_offset", "60"]
    with broadcasting(*sound(), *changed, *mpeg_ts(channel.url, first_pid=SOUND_PID)):
        viewer.watch(6)
    with channel.on_air():
        viewer.watch(6)


def jitter_of_nearly_a_second(viewer: Viewer, nginx: Nginx) -> None:
    channel = udp_channel(picture())
    with running_jitter_line(channel.url) as received, channel.on_air():
        viewer.open(received)
        viewer.until(Position)
        viewer.watch(12)


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        playlist_stands,
        segments_are_gone,
        playlist_is_forbidden_for_a_while,
        one_byte_a_second,
        half_the_speed_needed,
        a_page_instead_of_the_playlist,
        redirected_for_ever,
        another_resolution_and_clock,
        only_sound_for_a_while,
        jitter_of_nearly_a_second,
    )
}


def _start(viewer: Viewer, channel: Channel) -> None:
    viewer.open(channel.url)
    viewer.until(Position)
    viewer.watch(3)


def _come_back(viewer: Viewer) -> None:
    viewer.until(Playing, len(viewer.events))
    viewer.until(Position, len(viewer.events))
    viewer.watch(3)


@contextmanager
def _missing(folder: Path) -> Iterator[None]:
    """Segments vanish as soon as they are there."""
    over = threading.Event()

    def sweep() -> None:
        while not over.wait(0.02):
            for segment in folder.glob("*.ts"):
                segment.unlink(missing_ok=True)

    sweeper = threading.Thread(target=sweep)
    sweeper.start()
    try:
        yield
    finally:
        over.set()
        sweeper.join()
