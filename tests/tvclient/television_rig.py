"""The television as a program of its own on a display of its own: keys in, lines and pixels out."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import environ
from pathlib import Path
from typing import IO, Any

from PIL import Image
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from demo.display import FINGER_S, SCREEN, virtual_display
from tests.fakes.fake_agent import TOKEN, FakeAgent

PATIENCE_S = 15.0
LOOK_AGAIN_S = 0.02
Colour = tuple[int, int, int]
PAPER: Colour = (0xFF, 0xF8, 0xE8)  # focus ring and focused fill


class TelevisionRig:
    """Presses keys with XTest and reads what the events file and the screen say."""

    def __init__(self, process: "subprocess.Popen[bytes]", display: Display, events: Path) -> None:
        self.process = process
        self._display = display
        self._root = display.screen().root
        self._events = events
        self._read = 0
        self._lines: list[dict[str, Any]] = []

    def press(self, *names: str) -> dict[str, Any]:
        """Press keys one after the other, each once the last was acted on; returns the last one's line."""
        line: dict[str, Any] = {}
        for name in names:
            before = len(self.keys())
            code = self._display.keysym_to_keycode(XK.string_to_keysym(name))
            xtest.fake_input(self._display, X.KeyPress, code)
            xtest.fake_input(self._display, X.KeyRelease, code)
            self._display.sync()
            self.wait(lambda before=before: len(self.keys()) > before, f"{name} to be acted on")
            line = self.keys()[-1]
        return line

    def tap(self, name: str) -> None:
        """Press a key that perhaps nobody acts on."""
        self.hold(name, FINGER_S)

    def hold(self, name: str, seconds: float) -> None:
        """Hold a key down for so long; it may have been acted on many times by then."""
        code = self._display.keysym_to_keycode(XK.string_to_keysym(name))
        xtest.fake_input(self._display, X.KeyPress, code)
        self._display.sync()
        time.sleep(seconds)
        xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.sync()

    def focus(self) -> str | None:
        """Where it is, by the last line that tells of it: one about frames does not."""
        focus: str | None = next(line["focus"] for line in reversed(self.lines()) if "focus" in line)
        return focus

    def keys(self) -> list[dict[str, Any]]:
        """One line for every key so far."""
        return [line for line in self.lines() if "key" in line]

    def lines(self) -> list[dict[str, Any]]:
        """Everything the events file says; what was read once is kept, for a long walk looks very often."""
        if self._events.exists():
            with self._events.open("rb") as file:
                file.seek(self._read)
                new = file.read()
            whole = new[: new.rfind(b"\n") + 1]
            self._read += len(whole)
            self._lines += [json.loads(line) for line in whole.splitlines()]
        return list(self._lines)

    def pixel(self, x: int, y: int) -> Colour:
        """The colour on the screen."""
        data = self._root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF).data
        return (data[2], data[1], data[0])

    def picture(self) -> Image.Image:
        """The whole screen."""
        geometry = self._root.get_geometry()
        size = (geometry.width, geometry.height)
        data = self._root.get_image(0, 0, *size, X.ZPixmap, 0xFFFFFFFF).data
        return Image.frombytes("RGB", size, bytes(data), "raw", "BGRX")

    def wait_for_pixel(self, x: int, y: int, colour: Colour) -> None:
        """Until the screen has this colour there."""
        self.wait(lambda: self.pixel(x, y) == colour, f"{colour} at {x}, {y}")

    def wait_for_screen(self, name: str) -> None:
        """Until this screen is in sight."""
        self.wait(lambda: bool(self.lines()) and self.lines()[-1]["screen"] == name, f"the screen {name}")

    def wait(self, happened: Callable[[], bool], what: str) -> None:
        """Until it has happened; fails after a while, or when the television has ended."""
        until = time.monotonic() + PATIENCE_S
        # Nobody is quicker: the window takes a press within 2 ms of a release for the keyboard's repeat.
        time.sleep(LOOK_AGAIN_S)
        while not happened():
            assert self.process.poll() is None, "the television has ended"
            assert time.monotonic() < until, f"waited in vain for {what}"
            time.sleep(LOOK_AGAIN_S)


@contextmanager
def running_television(
    agent: FakeAgent,
    folder: Path,
    size: str = "1920x1080",
    screen: str = SCREEN,
    more: tuple[str, ...] = (),
    output: IO[bytes] | None = None,
) -> Iterator[TelevisionRig]:
    """A television that asks `agent`, on a display without a window manager; SIGTERM must end it.

    What it says goes to `output`, or to where this process' words go.
    """
    token = folder / "token"
    token.write_text(TOKEN, encoding="ascii")
    events = folder / "events.jsonl"
    command = [sys.executable, "-m", "tvclient", "--agent-url", agent.url, "--token-file", str(token)]
    command += ["--size", size, "--data-folder", str(folder), "--events-file", str(events), *more]
    with virtual_display(screen=screen) as name:
        process = subprocess.Popen(command, env={**environ, "DISPLAY": name}, stdout=output, stderr=output)
        display = Display(name)
        try:
            rig = TelevisionRig(process, display, events)
            rig.wait(lambda: bool(rig.lines()), "the first screen")
            yield rig
            process.terminate()
            assert process.wait(timeout=PATIENCE_S) == 0
        finally:
            process.kill()
            process.wait()
            display.close()
