"""What is drawn into a window is noticed, on a real X server."""

import threading
from collections.abc import Iterator

import pytest
from Xlib.display import Display

from tvclient.playback.put_watch import PutWatch
from tvclient.playback.video_window import VideoWindow

PATIENCE_S = 10.0


class Counter:
    def __init__(self) -> None:
        self._noticed = threading.Condition()
        self.count = 0

    def put(self) -> None:
        with self._noticed:
            self.count += 1
            self._noticed.notify_all()

    def reached(self, count: int) -> bool:
        with self._noticed:
            return self._noticed.wait_for(lambda: self.count >= count, PATIENCE_S)


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def watch(video_window: VideoWindow, display_name: str, counter: Counter) -> Iterator[PutWatch]:
    watch = PutWatch(video_window.xid, display_name, counter.put)
    yield watch
    watch.close()


def draw(display: Display, xid: int) -> None:
    """As libVLC does: into a window of its own inside ours."""
    outer = display.create_resource_object("window", xid)
    inner = outer.query_tree().children
    window = inner[0] if inner else outer.create_window(0, 0, 400, 300, 0, 0)
    window.map()
    context = window.create_gc(foreground=0xFF0000)
    window.fill_rectangle(context, 0, 0, 200, 100)
    context.free()
    display.sync()


def test_every_picture_is_noticed(
    watch: PutWatch, display: Display, video_window: VideoWindow, counter: Counter
) -> None:
    for _ in range(5):
        before = counter.count
        draw(display, video_window.xid)
        assert counter.reached(before + 1)


def test_a_window_that_goes_does_no_harm(
    watch: PutWatch, display: Display, video_window: VideoWindow, counter: Counter
) -> None:
    draw(display, video_window.xid)
    assert counter.reached(1)
    display.create_resource_object("window", video_window.xid).destroy()
    display.sync()


def test_its_thread_ends_with_it(video_window: VideoWindow, display_name: str, counter: Counter) -> None:
    watch = PutWatch(video_window.xid, display_name, counter.put)
    assert "puts" in [thread.name for thread in threading.enumerate()]
    watch.close()
    assert "puts" not in [thread.name for thread in threading.enumerate()]
