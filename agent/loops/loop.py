"""Loops: work that comes round by itself, one turn at a time, each in a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable

from agent.errors import AgentError

log = logging.getLogger(__name__)

_AFTER_A_FAULT_S = 30.0
_STOP_S = 3.0
_TURN_S_MAX = 900.0
"""Longer than any call may take, and than a turn of several calls."""


class Loop:
    """Calls a turn until stopped; each turn says in how many seconds it wants the next."""

    def __init__(
        self,
        name: str,
        *,
        when_failed: Callable[[AgentError], None] | None = None,
        turn_s_max: float = _TURN_S_MAX,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`when_failed` hears of every turn's error: with some the agent had better start anew."""
        self._name = name
        self._when_failed = when_failed
        self._turn_s_max = turn_s_max
        self._now_s = now_s
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._alive_until_s = 0.0

    def start(self, turn: Callable[[], float]) -> None:
        """The first turn comes at once."""
        self._show_life()
        self._thread = threading.Thread(target=self._run, args=(turn,), name=self._name, daemon=True)
        self._thread.start()

    def kick(self) -> None:
        """Have the next turn at once."""
        self._wake.set()

    @property
    def name(self) -> str:
        return self._name

    @property
    def stopping(self) -> bool:
        """For turns that take long: leave off soon. A turn that asks is seen to be alive."""
        self._show_life()
        return self._stopping.is_set()

    @property
    def is_alive(self) -> bool:
        """Whether turns come when they should, and come to an end."""
        thread = self._thread
        return thread is not None and thread.is_alive() and self._now_s() < self._alive_until_s

    def ask_to_stop(self) -> None:
        """Have no further turn."""
        self._stopping.set()
        self._wake.set()

    def stop(self) -> None:
        """Let the turn under way end; one that still waits for the network is left behind."""
        self.ask_to_stop()
        if self._thread is None:
            return
        self._thread.join(_STOP_S)
        if self._thread.is_alive():
            log.warning("%s did not stop within %.0f s", self._name, _STOP_S)

    def _run(self, turn: Callable[[], float]) -> None:
        while not self.stopping:
            self._wake.clear()
            wait_s = self._one(turn)
            self._show_life(wait_s)
            self._wake.wait(wait_s)

    def _one(self, turn: Callable[[], float]) -> float:
        try:
            return turn()
        except AgentError as error:
            log.error("%s: %s", self._name, error.words)
            if self._when_failed is not None:
                self._when_failed(error)
            return _AFTER_A_FAULT_S
        except Exception:
            log.exception("%s: this turn failed, the next comes in %.0f s", self._name, _AFTER_A_FAULT_S)
            return _AFTER_A_FAULT_S

    def _show_life(self, wait_s: float = 0.0) -> None:
        self._alive_until_s = self._now_s() + max(wait_s, 0.0) + self._turn_s_max
