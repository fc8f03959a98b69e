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
        self.matters = True

    def put(self) -> bool:
        with self._noticed:
            self.count += 1
            self._noticed.notify_all()
        return self.matters

    def reached(self, count: int, within_s: float = PATIENCE_S) -> bool:
        with self._noticed:
            return self._noticed.wait_for(lambda: self.count >= count, within_s)


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


def test_while_pictures_do_not_matter_most_go_by_untold(
    watch: PutWatch, display: Display, video_window: VideoWindow, counter: Counter
) -> None:
    counter.matters = False
    draw(display, video_window.xid)
    assert counter.reached(1)
    for _ in range(50):
        draw(display, video_window.xid)
    assert counter.count < 10
    before, counter.matters = counter.count, True
    for _ in range(100):
        draw(display, video_window.xid)
        if counter.reached(before + 5, within_s=0.1):
            return
    pytest.fail("once they matter they are told again")


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
