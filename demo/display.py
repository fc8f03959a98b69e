"""A television screen seen and served from outside: real X key events in, pictures of the screen out."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PIL import Image
from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import DisplayError
from Xlib.ext import xtest

SIZE = (1920, 1080)
SCREEN = f"{SIZE[0]}x{SIZE[1]}x24"
FINGER_S = 0.04
"""A key is down and up for so long; a press within 2 ms of its release looks like a repeat to SDL."""


def usable_display() -> str:
    """The name of the screen somebody sits in front of; empty where there is none or it lets nobody in."""
    name = os.environ.get("DISPLAY", "")
    try:
        Display(name).close()
    except (DisplayError, OSError):
        return ""
    return name


@contextmanager
def virtual_display(log: Path = Path(os.devnull), screen: str = SCREEN) -> Iterator[str]:
    """Runs Xvfb on a free number and gives its name, ":99". Raises RuntimeError if it does not start.

    The server picks the number itself, so that any number of them can run at once.
    """
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*command, "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError(f"虚拟屏幕 Xvfb 没有启动，原因见 {log}")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=10)


class RemoteAndEyes:
    """What a person in front of the television has: keys to press and eyes to look."""

    def __init__(self, display_name: str) -> None:
        self._display = Display(display_name)
        self._root = self._display.screen().root

    def __enter__(self) -> "RemoteAndEyes":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._display.close()

    def press(self, key: str) -> None:
        """One press and release of the key with this X keysym name."""
        for move in (self.down, self.up):
            move(key)
            time.sleep(FINGER_S)

    def down(self, key: str) -> None:
        """The finger goes onto the key. Raises ValueError for a key that this keyboard lacks."""
        self._move(X.KeyPress, key)

    def up(self, key: str) -> None:
        """The finger leaves the key."""
        self._move(X.KeyRelease, key)

    def _move(self, event: int, key: str) -> None:
        code = self._display.keysym_to_keycode(XK.string_to_keysym(key))
        if not code:
            raise ValueError(f"this keyboard has no key {key!r}")
        xtest.fake_input(self._display, event, code)
        self._display.sync()

    def look(self, x: int = 0, y: int = 0, width: int = SIZE[0], height: int = SIZE[1]) -> bytes:
        """The pixels of a rectangle of the screen, four bytes each, BGRX."""
        data = self._root.get_image(x, y, width, height, X.ZPixmap, 0xFFFFFFFF).data
        return bytes(data)

    def photograph(self, path: Path) -> None:
        """The whole screen as a PNG."""
        picture = Image.frombytes("RGB", SIZE, self.look(), "raw", "BGRX")
        picture.save(path)
