"""The ending of a run: who asked for it first, and with which exit code."""

import logging
import queue
import signal
from types import FrameType

from agent.errors import AgentError, DamagedDatabaseError

log = logging.getLogger(__name__)

STOPPED = 0
NO = 1
NO_START = 2
DAMAGED = 3
"""The database got damaged while running: the next start keeps it aside and salvages what it holds."""
_LOOK_S = 1.0
"""A signal just before the wait, or to another thread, does not end it; so often Python hears of it."""


class Ending:
    """Waited for by the main thread, asked for by signals and by parts that cannot go on."""

    def __init__(self) -> None:
        # Its put, unlike an Event's set, may interrupt the very thread that waits.
        self._asked: queue.SimpleQueue[int] = queue.SimpleQueue()

    def on_signals(self) -> None:
        """SIGTERM and SIGINT end the run; only for the main thread."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._signalled)

    def heard(self, error: AgentError) -> None:
        """An error that came up somewhere: with a damaged database the run ends, for the next to mend it."""
        if isinstance(error, DamagedDatabaseError):
            log.critical("ending, so that the next start can mend it: %s", error.words)
            self._asked.put(DAMAGED)

    def wait(self) -> int:
        """Until somebody asks. The exit code."""
        while True:
            try:
                return self._asked.get(timeout=_LOOK_S)
            except queue.Empty:
                continue

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        self._asked.put(STOPPED)
