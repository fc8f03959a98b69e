"""What is drawn into a window is dated, on a real X server."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from Xlib.display import Display

from study.units import MonotonicMs
from tests.tvclient.playback.conftest import boottime
from tvclient.playback.put_watch import PutWatch
from tvclient.playback.video_window import VideoWindow
from tvclient.remote.rect import Rect

NEAR_MS = 50
GAP_S = 0.03


@pytest.fixture
def watch(video_window: VideoWindow, display_name: str) -> Iterator[PutWatch]:
    watch = PutWatch(video_window.xid, display_name)
    assert watch.take(boottime()) == []
    yield watch
    watch.close()


def window_inside(display: Display, xid: int) -> Any:
    """A black one, as libVLC makes them before its first picture; where it goes there is black as well."""
    outer = display.create_resource_object("window", xid)
    window = outer.create_window(0, 0, 400, 300, 0, 0, background_pixel=0)
    window.map()
    display.sync()
    time.sleep(GAP_S)
    return window


def draw(display: Display, xid: int) -> MonotonicMs:
    """As libVLC does: into a window of its own inside ours. When it was done."""
    outer = display.create_resource_object("window", xid)
    inner = outer.query_tree().children
    window = inner[0] if inner else window_inside(display, xid)
    context = window.create_gc(foreground=0xFF0000)
    window.fill_rectangle(context, 0, 0, 200, 100)
    context.free()
    display.sync()
    return boottime()


def test_every_picture_has_its_moment_though_it_is_asked_for_later(
    watch: PutWatch, display: Display, video_window: VideoWindow
) -> None:
    draw(display, video_window.xid)
    assert len(watch.take(boottime())) == 1
    drawn = []
    for _ in range(5):
        time.sleep(GAP_S)
        drawn.append(draw(display, video_window.xid))
    time.sleep(0.3)
    told = watch.take(boottime())
    assert len(told) == len(drawn)
    assert all(abs(at - moment) <= NEAR_MS for at, moment in zip(told, drawn, strict=True))
    assert watch.take(boottime()) == []


def test_what_nobody_took_is_dropped_and_it_goes_on(
    watch: PutWatch, display: Display, video_window: VideoWindow
) -> None:
    draw(display, video_window.xid)
    watch.rest()
    draw(display, video_window.xid)
    assert watch.take(boottime()) == []
    draw(display, video_window.xid)
    assert watch.take(boottime()) != []


def test_a_window_that_appears_is_no_picture(
    watch: PutWatch, display: Display, video_window: VideoWindow
) -> None:
    window = display.create_resource_object("window", video_window.xid)

    def appear() -> None:
        window.map()
        display.sync()

    told: list[MonotonicMs] = []

    def appear_and_be_asked() -> None:
        appear()
        told.extend(watch.take(boottime()))

    video_window.hide()
    watch.leave_out(appear_and_be_asked)
    assert told == [], "asked by the other thread meanwhile"
    window.unmap()
    display.sync()
    watch.leave_out(appear)
    assert watch.take(boottime()) == []
    window.unmap()
    display.sync()
    time.sleep(GAP_S)
    appear()
    assert len(watch.take(boottime())) == 1


def test_what_a_panel_that_goes_uncovers_is_no_picture(display_name: str, video_window: VideoWindow) -> None:
    class Player:
        def set_xwindow(self, xid: int) -> None:
            pass

    puts = video_window.attach(Player(), lambda call: None)
    assert puts.take(boottime()) == []
    for panels in ((Rect(0, 0, 200, 100),), (), (Rect(0, 100, 400, 50),), ()):
        video_window.show(panels)
    video_window.hide()
    video_window.show(())
    assert puts.take(boottime()) == []


def test_windows_inside_that_come_and_go_are_no_pictures(
    watch: PutWatch, display: Display, video_window: VideoWindow
) -> None:
    for _ in range(3):
        window_inside(display, video_window.xid).destroy()
        display.sync()
    inner = window_inside(display, video_window.xid)
    assert watch.take(boottime()) == []
    inner.unmap()
    display.sync()
    assert watch.take(boottime()) == []
    time.sleep(GAP_S)
    inner.map()
    display.sync()
    assert watch.take(boottime()) == []
    time.sleep(GAP_S)
    draw(display, video_window.xid)
    assert len(watch.take(boottime())) == 1


def test_what_appeared_while_nobody_watched_takes_no_picture_away(
    watch: PutWatch, display: Display, video_window: VideoWindow
) -> None:
    watch.rest()
    window_inside(display, video_window.xid)
    assert watch.take(boottime()) == []
    draw(display, video_window.xid)
    assert len(watch.take(boottime())) == 1


def test_a_window_that_goes_does_no_harm(
    watch: PutWatch, display: Display, video_window: VideoWindow
) -> None:
    draw(display, video_window.xid)
    assert watch.take(boottime()) != []
    display.create_resource_object("window", video_window.xid).destroy()
    display.sync()
    watch.rest()
    assert watch.take(boottime()) == []
    watch.rest()


def test_a_server_that_goes_does_no_harm(video_window: VideoWindow, display_name: str) -> None:
    watch = PutWatch(video_window.xid, display_name)
    assert watch.take(boottime()) == []
    watch._display.display.socket.shutdown(socket.SHUT_RDWR)  # as when the server dies
    assert watch.take(boottime()) == []
    watch.rest()
