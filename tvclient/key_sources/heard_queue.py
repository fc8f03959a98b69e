"""What the devices told, on its way from their thread to the one that draws."""

import threading
from collections.abc import Callable

from tvclient.key_sources.device import Heard
from tvclient.remote.key_signal import Standby

# Far more than comes in while a frame is late.
LIMIT = 256


class HeardQueue:
    """`put` on any thread, `take` on the drawing thread. `wake` is called on the putting thread when the
    first one waits, and must bring about a `take`."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._waiting: list[Heard] = []
        self._overflown = False

    def put(self, heard: Heard) -> None:
        """Never waits, never grows beyond LIMIT."""
        with self._lock:
            is_first = not self._waiting and not self._overflown
            if len(self._waiting) < LIMIT:
                self._waiting.append(heard)
            else:
                # Nobody has looked for seconds: what was pressed then is not what is wanted now.
                standby = [one for one in (*self._waiting, heard) if isinstance(one, Standby)]
                self._waiting = [*standby[:1]]
                self._overflown = True
        if is_first:
            self._wake()

    def take(self) -> tuple[list[Heard], bool]:
        """All that waits, in order; True if keys were lost, so that nothing is known of what is held."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
            overflown, self._overflown = self._overflown, False
        return waiting, overflown
