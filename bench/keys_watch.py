"""The watch over the screen: grabs what the X server says was drawn, and notes what changed."""

import select
import time
from types import TracebackType
from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.ext import damage

from bench.keys_answer import REST_MS, WITHIN_MS, Answer, Grab, Held, answer_of, held_of, is_over
from bench.keys_screen import SharedScreen
from demo.display import RemoteAndEyes

FINGER_MS = 40.0
"""A key is down for so long; a press within 2 ms of its release looks like a repeat to SDL."""
LOOK_MS = 20.0
SETTLES_WITHIN_MS = 30_000.0
CLOCK_BITS = 0xFFFF_FFFF


class Watch:
    """Idle until something is drawn; then the rows in question are grabbed and compared.

    The Damage extension gives every rectangle with the server's own clock, which is this machine's
    monotonic milliseconds, so that it does not matter how soon this process is woken up.
    """

    def __init__(self, display_name: str) -> None:
        self._display = Display(display_name)
        self._display.damage_query_version()
        self._notify = self._display.extension_event.DamageNotify
        self._display.screen().root.damage_create(damage.DamageReportRawRectangles)
        self.screen = SharedScreen(self._display)

    def __enter__(self) -> "Watch":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._display.close()
        self.screen.close()

    def free_the_keys(self) -> None:
        """Nobody has the keyboard, as on a server that has just started.

        A window that took it leaves it to the root when it goes, and the next program would hear no key.
        """
        self._display.set_input_focus(X.PointerRoot, X.RevertToPointerRoot, X.CurrentTime)
        self._display.sync()

    def until(self, end_ms: float) -> list[Grab]:
        """Everything that is drawn until then."""
        grabs: list[Grab] = []
        while (left_ms := end_ms - now_ms()) > 0:
            grabs += self._handle_one_look(left_ms)
        return grabs

    def settle(self, quiet_ms: float, within_ms: float = SETTLES_WITHIN_MS) -> None:
        """Look on until nothing has changed for so long. Raises RuntimeError where that never comes."""
        end_ms = now_ms() + within_ms
        while any(grab.changed for grab in self.until(now_ms() + quiet_ms)):
            if now_ms() > end_ms:
                raise RuntimeError("the screen does not come to rest")

    def press(
        self, remote: RemoteAndEyes, key: str, within_ms: float = WITHIN_MS, rest_ms: float = REST_MS
    ) -> Answer:
        """Press a key as a finger does and look on until what comes of it is at rest."""
        pressed_ms = _whole_ms()
        remote.down(key)
        grabs = self.until(pressed_ms + FINGER_MS)
        remote.up(key)
        while not is_over(grabs, pressed_ms, now_ms(), within_ms, rest_ms):
            grabs += self._handle_one_look(LOOK_MS)
        return answer_of(grabs, pressed_ms)

    def hold(self, remote: RemoteAndEyes, key: str, ms: float, after_ms: float) -> Held:
        """Hold a key, and look on after its release."""
        pressed_ms = _whole_ms()
        remote.down(key)
        grabs = self.until(pressed_ms + ms)
        released_ms = now_ms()
        remote.up(key)
        grabs += self.until(released_ms + after_ms)
        return held_of(grabs, pressed_ms, released_ms)

    def _handle_one_look(self, wait_ms: float) -> list[Grab]:
        """What was drawn and not looked at yet; waits so long where nothing was."""
        if not self._display.pending_events():
            select.select([self._display], [], [], wait_ms / 1000)
        drawn = [self._display.next_event() for _ in range(self._display.pending_events())]
        drawn = [event for event in drawn if event.type == self._notify]
        if not drawn:
            return []
        top = min(event.area.y for event in drawn)
        bottom = max(event.area.y + event.area.height for event in drawn)
        at_ms = max(_on_our_clock(event) for event in drawn)
        changed = self.screen.refresh(max(0, top), min(bottom, self.screen.height))
        return [Grab(at_ms, changed)]


def now_ms() -> float:
    """Monotonic."""
    return time.monotonic_ns() / 1e6


def _whole_ms() -> float:
    """As the server tells them, so that what is drawn in the key's own millisecond is drawn after it."""
    return float(int(now_ms()))


def _on_our_clock(event: Any) -> float:
    """The server tells the same milliseconds in 32 bits."""
    clock_ms = int(now_ms())
    return float(clock_ms - ((clock_ms - event.timestamp) & CLOCK_BITS))
