"""The person with the remote: presses keys, looks at the screen, keeps a book of what was watched."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from demo.display import RemoteAndEyes
from demo.errors import DemoError
from demo.events import EventFile

MOVING_PATCH = (660, 240, 600, 160)
"""A rectangle of the screen that every demo film changes all the time and no panel covers: x, y, w, h."""
COMES_WITHIN_S = 10
"""What the box answers comes to a screen some moments after the screen."""


class StoryError(DemoError):
    """The television did not do what the story says."""


class Stopwatch:
    """How long the picture moved, as the operator saw it and by the keys that were pressed."""

    def __init__(self) -> None:
        self._total_s = 0.0
        self._since: float | None = None

    def runs(self) -> None:
        if self._since is None:
            self._since = time.monotonic()

    def stands(self) -> None:
        if self._since is not None:
            self._total_s += time.monotonic() - self._since
            self._since = None

    @property
    def total_ms(self) -> int:
        running = 0.0 if self._since is None else time.monotonic() - self._since
        return round((self._total_s + running) * 1000)


class Operator:
    """Presses one key at a time and waits for the answer before the next, as a person does."""

    def __init__(self, remote: RemoteAndEyes, events: EventFile, pictures: Path) -> None:
        self._remote = remote
        self._events = events
        self._pictures = pictures
        self.sent = 0
        self.screens: list[str] = []

    def press(self, key: str, times: int = 1) -> dict[str, Any]:
        """Press a key; the television's last word on it. Raises StoryError if it says nothing in 5 s."""
        answer: dict[str, Any] = {}
        for _ in range(times):
            answer = self._press_once(key)
        return answer

    def _press_once(self, key: str) -> dict[str, Any]:
        before = len(self._events.presses())
        self._remote.press(key)
        self.sent += 1
        self.wait(lambda: len(self._events.presses()) > before, f"电视没有理会按键 {key}", 5)
        return self._events.presses()[before]

    def type(self, digits: str) -> None:
        """Press digit keys."""
        for digit in digits:
            self.press(digit)

    @property
    def focus(self) -> str:
        seen = self._events.of("focus")
        return str(seen[-1]["focus"]) if seen else ""

    @property
    def screen(self) -> str:
        seen = self._events.of("screen")
        return str(seen[-1]["screen"]) if seen else ""

    def find(self, key: str, wanted: str, most: int = 40) -> None:
        """Press `key` until the focus is on an id that begins with `wanted`, `most` steps away at most.

        A key that leads nowhere is pressed again for some seconds: what it leads to may not have come yet.
        """
        end = time.monotonic() + COMES_WITHIN_S
        steps = 0
        while not self.focus.startswith(wanted):
            before = self.focus
            self.press(key)
            if self.focus == before:
                time.sleep(0.2)
            else:
                steps += 1
            if steps > most or time.monotonic() > end:
                raise StoryError(f"按 {key} 到不了 {wanted}，焦点在 {self.focus}")

    def wait_for_screen(self, name: str, seconds: float = 15) -> None:
        self.wait(
            lambda: self.screen == name, f"the screen {name!r} did not come, it is {self.screen!r}", seconds
        )

    def wait_for_screen_again(self, name: str, seconds: float) -> None:
        """Of a television that has been started anew, whatever it showed before."""
        seen = len(self._events.of("screen"))

        def is_here() -> bool:
            return len(self._events.of("screen")) > seen and self.screen == name

        self.wait(is_here, f"{name} 没有再来", seconds)

    def wait_until_moving(self, seconds: float = 20) -> None:
        """Look until the picture moves, three looks in a row different."""
        looks = [self._remote.look(*MOVING_PATCH)]

        def moving() -> bool:
            looks.append(self._remote.look(*MOVING_PATCH))
            return len(set(looks[-3:])) == 3

        self.wait(moving, "画面不动", seconds)

    def wait_until_still(self, seconds: float = 20) -> None:
        """Look until the picture stands, three looks in a row the same."""
        looks: list[bytes] = []

        def still() -> bool:
            time.sleep(0.1)
            looks.append(self._remote.look(*MOVING_PATCH))
            return len(looks) > 2 and len(set(looks[-3:])) == 1

        self.wait(still, "画面不停", seconds)

    def photograph(self, name: str) -> None:
        """A picture of the whole screen, kept as evidence."""
        path = self._pictures / f"{len(self.screens) + 1:02d}_{name}.png"
        self._remote.photograph(path)
        self.screens.append(path.name)

    def wait(self, condition: Callable[[], bool], otherwise: str, seconds: float) -> None:
        """Look again and again until `condition` holds. Raises StoryError after `seconds`."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise StoryError(f"{otherwise}（等了 {seconds:.0f} 秒）")
            time.sleep(0.05)

    def look_on(self, seconds: float) -> None:
        """Sit and watch."""
        time.sleep(seconds)
