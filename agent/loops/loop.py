"""Loops: work that comes round by itself, one turn at a time, each in a thread of its own."""

import logging
import threading
from collections.abc import Callable

from agent.errors import AgentError

log = logging.getLogger(__name__)

_AFTER_A_FAULT_S = 30.0
_STOP_S = 3.0


class Loop:
    """Calls a turn until stopped; each turn says in how many seconds it wants the next."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, turn: Callable[[], float]) -> None:
        """The first turn comes at once."""
        self._thread = threading.Thread(target=self._run, args=(turn,), name=self._name, daemon=True)
        self._thread.start()

    def kick(self) -> None:
        """Have the next turn at once."""
        self._wake.set()

    @property
    def stopping(self) -> bool:
        """For turns that take long: leave off soon."""
        return self._stopping.is_set()

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
            self._wake.wait(self._one(turn))

    def _one(self, turn: Callable[[], float]) -> float:
        try:
            return turn()
        except AgentError as error:
            log.error("%s: %s", self._name, error.words)
            return _AFTER_A_FAULT_S
        except Exception:
            log.exception("%s: this turn failed, the next comes in %.0f s", self._name, _AFTER_A_FAULT_S)
            return _AFTER_A_FAULT_S
