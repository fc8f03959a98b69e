"""What the watch of the keys' benchmark sees of a real X server's screen."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from Xlib import XK, X
from Xlib.display import Display

from bench.keys_watch import Watch, now_ms
from demo.display import RemoteAndEyes, virtual_display

PATIENCE_MS = 5_000.0
SIZE = (320, 240)
RED, GREEN = 0xC00000, 0x00C000


@pytest.fixture(scope="module")
def display_name() -> Iterator[str]:
    with virtual_display(screen=f"{SIZE[0]}x{SIZE[1]}x24") as name:
        yield name


@pytest.fixture
def watch(display_name: str) -> Iterator[Watch]:
    with Watch(display_name) as watch:
        yield watch


@pytest.fixture
def remote(display_name: str) -> Iterator[RemoteAndEyes]:
    with RemoteAndEyes(display_name) as remote:
        yield remote


class Program:
    """A window over the whole screen that turns to another colour at every Right, and draws it once more at
    every Up."""

    def __init__(self, display_name: str) -> None:
        self._display = Display(display_name)
        root = self._display.screen().root
        self._window = root.create_window(0, 0, *SIZE, 0, X.CopyFromParent, event_mask=X.KeyPressMask)
        self._gc = self._window.create_gc(foreground=RED)
        self._colours = [RED, GREEN]
        self._window.map()
        self._display.sync()
        self._window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self.draw()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def draw(self) -> None:
        self._gc.change(foreground=self._colours[0])
        self._window.fill_rectangle(self._gc, 0, 100, 50, 20)
        self._display.sync()

    def _run(self) -> None:
        while True:
            event: Any = self._display.next_event()
            if event.type != X.KeyPress:
                continue
            key = self._display.keycode_to_keysym(event.detail, 0)
            if key == XK.XK_End:
                return
            if key == XK.XK_Right:
                self._colours.reverse()
            if key in (XK.XK_Right, XK.XK_Up):
                self.draw()

    def end(self, remote: RemoteAndEyes) -> None:
        remote.press("End")
        self._thread.join()
        self._display.close()


@pytest.fixture
def program(display_name: str, remote: RemoteAndEyes, watch: Watch) -> Iterator[Program]:
    program = Program(display_name)
    watch.until(now_ms() + 100)
    yield program
    program.end(remote)


def test_a_key_is_answered_by_another_pixel(watch: Watch, remote: RemoteAndEyes, program: Program) -> None:
    answer = watch.press(remote, "Right", PATIENCE_MS)

    assert answer.first_ms is not None
    assert 0 <= answer.first_ms < PATIENCE_MS


def test_the_same_pixels_drawn_again_are_no_answer(
    watch: Watch, remote: RemoteAndEyes, program: Program
) -> None:
    assert watch.press(remote, "Up", 300.0).first_ms is None


def test_a_key_that_nobody_answers(watch: Watch, remote: RemoteAndEyes, program: Program) -> None:
    assert watch.press(remote, "Left", 300.0).first_ms is None


def test_the_picture_before_can_be_told_when_it_comes_back(
    watch: Watch, remote: RemoteAndEyes, program: Program
) -> None:
    before = watch.screen.patches()
    watch.press(remote, "Right", PATIENCE_MS)
    between = watch.screen.patches()
    watch.press(remote, "Right", PATIENCE_MS)

    assert len(before) == 8 * 6
    assert sum(one != other for one, other in zip(before, between, strict=True)) == 2
    assert watch.screen.patches() == before


def test_a_key_that_is_held_goes_on_changing_the_picture(
    watch: Watch, remote: RemoteAndEyes, program: Program
) -> None:
    held = watch.hold(remote, "Right", 1500.0, 300.0)

    assert held.pictures > 3
    assert held.per_s > 0


def test_a_screen_at_rest_settles(watch: Watch, program: Program) -> None:
    watch.settle(100.0)
