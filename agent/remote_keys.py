"""What phones press for the televisions of this box, for a moment and in memory only."""

import asyncio
import contextlib
import secrets
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from study.remote_api import STALE_MS

KEPT_MAX = 32
"""Presses of one television: more than forty thumbs send in the time until they are stale."""
_RUN_BYTES = 8
_Waiter = tuple[asyncio.AbstractEventLoop, asyncio.Event]


@dataclass(frozen=True, slots=True)
class Press:
    """Of a key, or a text."""

    number: int
    key: str
    text: str
    pressed_ms: int


class RemoteKeys:
    """Put in by the threads of the page, waited for by the local API's. Times are CLOCK_BOOTTIME.

    Which group study lets phones is known here alone: after a restart none does, until it is allowed again.
    """

    def __init__(self) -> None:
        self._run = secrets.token_hex(_RUN_BYTES)
        self._lock = threading.Lock()
        self._number = 0
        self._allowed: dict[str, int] = {}
        self._held: dict[str, deque[Press]] = {}
        self._waiters: set[_Waiter] = set()
        self._closed = False

    def allow(self, terminal: str, group_id: int, *, on: bool) -> None:
        """Phones of this group study may be the remote control of its television, or no longer."""
        with self._lock:
            self._held.pop(terminal, None)
            self._allowed.pop(terminal, None)
            if on:
                self._allowed[terminal] = group_id
        self._wake()

    def is_allowed(self, terminal: str, group_id: int) -> bool:
        with self._lock:
            return self._allowed.get(terminal) == group_id

    def put(self, terminal: str, group_id: int, key: str, text: str, now_ms: int) -> bool:
        """One press; False where phones may not."""
        with self._lock:
            if self._allowed.get(terminal) != group_id:
                return False
            self._number += 1
            held = self._held.setdefault(terminal, deque(maxlen=KEPT_MAX))
            held.append(Press(self._number, key, text, now_ms))
        self._wake()
        return True

    async def wait(
        self, terminal: str, after: str, now_ms: Callable[[], int], longest_s: float
    ) -> tuple[list[Press], str]:
        """The fresh presses after `after`, as soon as there is one, with what to ask for next.

        Without one also as soon as it is no longer allowed, and at the end of the agent.
        """
        seen = self._seen(after)
        waiter = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            self._waiters.add(waiter)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(longest_s):
                    while not self._due(terminal, seen, now_ms()):
                        await waiter[1].wait()
                        waiter[1].clear()
        finally:
            with self._lock:
                self._waiters.discard(waiter)
        with self._lock:
            return self._fresh(terminal, seen, now_ms()), f"{self._run}:{self._number}"

    def close(self) -> None:
        """Nobody waits any longer."""
        self._closed = True
        self._wake()

    def _seen(self, after: str) -> int:
        """Up to which press all are known; of another run, or at first, up to the last one there is."""
        run, _colon, number = after.partition(":")
        with self._lock:
            is_own = run == self._run and number.isascii() and number.isdecimal()
            return int(number) if is_own else self._number

    def _due(self, terminal: str, seen: int, now_ms: int) -> bool:
        with self._lock:
            over = self._closed or terminal not in self._allowed
            return over or bool(self._fresh(terminal, seen, now_ms))

    def _fresh(self, terminal: str, seen: int, now_ms: int) -> list[Press]:
        held = self._held.get(terminal, ())
        return [one for one in held if one.number > seen and now_ms - one.pressed_ms <= STALE_MS]

    def _wake(self) -> None:
        with self._lock:
            waiting = tuple(self._waiters)
        for loop, event in waiting:
            with contextlib.suppress(RuntimeError):  # its loop has ended
                loop.call_soon_threadsafe(event.set)
