"""Somebody who presses any keys on any screens, and looks after each whether there is one focus."""

import random
import time
from collections import Counter
from itertools import cycle

from PIL import Image

from tests.random_walk.seen_focus import seen_focus
from tests.random_walk.village import Village
from tests.tvclient.television_rig import TelevisionRig

KEYS = {
    **dict.fromkeys(("Up", "Down", "Left", "Right"), 150),
    "Return": 150,
    "Escape": 70,
    **dict.fromkeys("0123456789", 6),
    **dict.fromkeys(("Prior", "Next"), 15),
    **dict.fromkeys(("F1", "F2", "space", "End", "F5", "F8"), 5),
    **dict.fromkeys(("Home", "F3", "F4"), 4),
}
"""X key names with how often each comes."""
PIN = "135790"
SEEN_WITHIN_S = 5.0
CHANGES_EVERY, HOME_EVERY = 60, 250
BACK_MOST, BACK_AGAIN_S = 15, 0.1
"""A question that has just come up takes no answer for a second."""
TABS = 7
"""On the ordinary home; the last leads to the settings, behind the number that keeps them."""
PLAYING = "player"
"""Where a film is seen, and the focus only while there is a panel."""


class TrapError(AssertionError):
    """What must not happen did; the keys that led there are in the words."""


class Walker:
    """One walk; the same seed presses the same keys as long as the screens answer the same."""

    def __init__(self, television: TelevisionRig, village: Village, seed: int) -> None:
        self._television = television
        self._village = village
        self._chance = random.Random(seed)
        self._pressed: list[str] = []
        self._screen, self._focus = "home", ""
        self._tabs = cycle(range(TABS))
        self.seen: Counter[str] = Counter()
        """Screens, by how many keys were pressed on each."""

    def walk(self, keys: int) -> None:
        """Raises TrapError."""
        for number in range(1, keys + 1):
            self._press(self._next_key())
            if number % CHANGES_EVERY == 0:
                self._village.change()
            if number % HOME_EVERY == 0:
                self._go_home()
                self._go_on_from(next(self._tabs))

    def _next_key(self) -> str:
        key = self._chance.choices(list(KEYS), list(KEYS.values()))[0]
        if self._screen == "pin" and self._chance.random() < 0.6:
            typed = sum(1 for _ in _tail(self._pressed, set(PIN)))
            return PIN[typed % len(PIN)]
        # Leaving ends the walk, and a key that is taught something else is no key to find home by.
        if key == "Return" and (self._focus == "leave/leave" or self._screen == "learn_keys"):
            return "Escape"
        return key

    def _press(self, key: str) -> None:
        self._pressed.append(key)
        line = self._television.press(key)
        self._screen, self._focus = line["screen"], line["focus"]
        self.seen[self._screen] += 1
        self._look()

    def _look(self) -> None:
        until = time.monotonic() + SEEN_WITHIN_S
        while True:
            last = self._television.lines()[-1]
            if "screen" in last:
                self._screen, self._focus = last["screen"], last["focus"]
            if self._screen == PLAYING:
                return
            found = seen_focus(self._picture())
            if self._focus is not None and found.is_one:
                return
            if time.monotonic() > until:
                self._trap(f"no single focus is seen ({self._focus}: {found})")
            time.sleep(0.02)

    def _go_home(self) -> None:
        self._village.stop_changing()
        for _n in range(BACK_MOST):
            if self._screen == "home" and not str(self._focus).startswith("leave/"):
                return
            self._press("Escape")
            time.sleep(BACK_AGAIN_S)
        self._trap("Back does not lead home")

    def _go_on_from(self, tab: int) -> None:
        """From another place each time: at random some screens are hardly ever come to."""
        for key in ("Home", "Up", "Up", *("Left",) * TABS, *("Right",) * tab, "Return"):
            self._press(key)
        if self._screen == "pin":
            for digit in PIN:
                self._press(digit)

    def _picture(self) -> Image.Image:
        return self._television.picture()

    def _trap(self, what: str) -> None:
        keys = " ".join(self._pressed[-40:])
        raise TrapError(f"{what} on {self._screen} after {len(self._pressed)} keys: {keys}")


def _tail(pressed: list[str], among: set[str]) -> list[str]:
    """The last keys in a row that are among these."""
    found: list[str] = []
    for key in reversed(pressed):
        if key not in among:
            break
        found.append(key)
    return found
