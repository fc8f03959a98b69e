"""What a press on a phone does on the screen in sight, and where it does nothing."""

from collections.abc import Callable

from study.remote_api import KEYS, PressEntry
from tvclient.remote.key import Key
from tvclient.screens.leave_question import LEAVE
from tvclient.screens.navigator import Navigator

FORBIDDEN = frozenset(("pin", "settings", "learn_keys", "enrolment"))
"""What is set there is the operator's alone."""


class PhoneInput:
    """Drawing thread only. Keys go the way of all others; a text only to a screen that waits for one."""

    def __init__(self, navigator: Callable[[], Navigator], hear: Callable[[Key], None]) -> None:
        self._navigator = navigator
        self._hear = hear

    def take(self, press: PressEntry) -> None:
        """One press."""
        navigator = self._navigator()
        if navigator.screen.name in FORBIDDEN:
            return
        if press["text"]:
            navigator.screen.take_text(press["text"])
        elif press["key"] in KEYS and not (press["key"] == Key.OK and navigator.focused == LEAVE):
            # No phone ends the television for the whole room.
            self._hear(Key(press["key"]))
