"""A real television on Xvfb with one screen open: keys go in through XTEST, eyes look at its pixels."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from study.presence import ANSWER_WITHIN_MS
from tests.tvclient.screens.player_agent import PlayerAgent

ROOT = Path(__file__).resolve().parents[3]
SIZE = (1280, 720)
SCREEN = f"{SIZE[0]}x{SIZE[1]}x24"
DESIGN_W = 1920
HELD_S = 0.02
ASK_NEVER_MS = 3_600_000
INK0 = (0x0E, 0x12, 0x17)
PICTURE = (500, 300)
"""Where no panel lies."""


def boottime_ms() -> int:
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


class RunningTelevision:
    """`process` is the television; places are in design px."""

    def __init__(self, process: subprocess.Popen[bytes], display_name: str, events: Path) -> None:
        self.process = process
        self._display = Display(display_name)
        self._events = events

    def press(self, key: str) -> int:
        """One press of the key with this X keysym name; CLOCK_BOOTTIME in ms at which it went in.

        Held, and let go of, as briefly as a finger can: SDL takes a release with a press less than 2 ms after
        it for a repeat.
        """
        code = self._display.keysym_to_keycode(XK.string_to_keysym(key))
        xtest.fake_input(self._display, X.KeyPress, code)
        self._display.sync()
        at_ms = boottime_ms()
        time.sleep(HELD_S)
        xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.sync()
        time.sleep(HELD_S)
        return at_ms

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        scale = SIZE[0] / DESIGN_W
        root = self._display.screen().root
        data = root.get_image(round(x * scale), round(y * scale), 1, 1, X.ZPixmap, 0xFFFFFFFF).data
        return data[2], data[1], data[0]

    def picture(self) -> Image.Image:
        """The whole screen."""
        data = self._display.screen().root.get_image(0, 0, *SIZE, X.ZPixmap, 0xFFFFFFFF).data
        return Image.frombytes("RGB", SIZE, bytes(data), "raw", "BGRX")

    def strip(self) -> bytes:
        """The pixels of one line across the middle of the screen."""
        root = self._display.screen().root
        return bytes(root.get_image(0, SIZE[1] // 3, SIZE[0], 1, X.ZPixmap, 0xFFFFFFFF).data)

    def brightest(self, top: int, bottom: int) -> int:
        """0 to 255, the brightest colour between these lines."""
        scale = SIZE[0] / DESIGN_W
        root, y = self._display.screen().root, round(top * scale)
        data = root.get_image(0, y, SIZE[0], round(bottom * scale) - y, X.ZPixmap, 0xFFFFFFFF).data
        return max(max(data[colour::4]) for colour in range(3))

    def shows_picture_at(self, x: int, y: int) -> bool:
        """Neither the page nor a panel is seen there."""
        near = zip(self.pixel(x, y), INK0, strict=True)
        return max(abs(a - b) for a, b in near) > 30

    def wait_for_picture(self) -> int:
        """CLOCK_BOOTTIME in ms at which it was there."""
        return wait_for(lambda: self.shows_picture_at(*PICTURE))

    def screens(self) -> list[str]:
        """The screens opened so far, in order."""
        return [line["screen"] for line in self.lines() if "screen" in line and "key" not in line]

    def focused(self) -> str | None:
        """What had the focus after the last key."""
        focuses = [line["focus"] for line in self.lines() if "key" in line]
        return focuses[-1] if focuses else None

    def frames(self) -> dict[str, int]:
        """How many the last play that was left has shown and lost."""
        told: dict[str, int] = [line["frames"] for line in self.lines() if "frames" in line][-1]
        return told

    def lines(self) -> list[dict[str, Any]]:
        """Everything the events file says."""
        return [json.loads(line) for line in self._events.read_text().splitlines()]

    def close(self) -> None:
        self._display.close()


Watching = Callable[..., AbstractContextManager[RunningTelevision]]
"""Turns on a television: of an agent and an item, and by name what `running_television` takes."""


def wait_for(what: Callable[[], bool], within_s: float = 15.0) -> int:
    """Look every 20 ms until it is so; CLOCK_BOOTTIME in ms at that moment."""
    until = time.monotonic() + within_s
    while not what():
        assert time.monotonic() < until, "it did not come to that in time"
        time.sleep(0.02)
    return boottime_ms()


@contextmanager
def running_television(
    display_name: str,
    agent: PlayerAgent,
    folder: Path,
    opened: tuple[str, str],
    ask_after_ms: int = ASK_NEVER_MS,
    video_output: str = "plain_x11",
    answer_within_ms: int = ANSWER_WITHIN_MS,
    program: str = "player_television",
) -> Iterator[RunningTelevision]:
    """`opened` is the screen and, for the player, the item."""
    events = folder / "events.jsonl"
    events.touch()
    presence = (str(ask_after_ms), str(answer_within_ms))
    command = [sys.executable, "-m", f"tests.tvclient.screens.{program}", *opened, *presence]
    options = {
        "--agent-url": agent.server.url,
        "--token-file": agent.token_file(folder),
        "--size": f"{SIZE[0]}x{SIZE[1]}",
        "--data-folder": folder / "data",
        "--events-file": events,
        "--video-output": video_output,
    }
    for name, value in options.items():
        command += [name, str(value)]
    with (folder / "television.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "DISPLAY": display_name}, stdout=log, stderr=log
        )
        television = RunningTelevision(process, display_name, events)
        try:
            yield television
        finally:
            television.close()
            process.terminate()
            process.wait(15)
