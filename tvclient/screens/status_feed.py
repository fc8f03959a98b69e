"""The latest known state of the box, asked for again every few seconds."""

from collections.abc import Callable
from typing import Protocol

from study.local_api import StatusReply
from tvclient.background import Background
from tvclient.errors import TvError

POLL_S = 5.0


class StatusSource(Protocol):
    """Who knows the state; waits, so only for the background."""

    def status(self) -> StatusReply:
        """The box at a glance; raises TvError."""


class StatusFeed:
    """`latest` stays what it was while the agent is away; `away` tells so. Drawing thread only."""

    def __init__(self, source: StatusSource, background: Background, changed: Callable[[], None]) -> None:
        self._source = source
        self._background = background
        self._changed = changed
        self._asking = False
        self.latest: StatusReply | None = None
        self.away = False

    def handle_one_poll(self) -> None:
        """Ask once, unless the last question is still open."""
        if not self._asking:
            self._asking = True
            self._background.run(self._source.status, self.take, self._miss)

    def take(self, status: StatusReply) -> None:
        """A new state, polled or told by the agent after a change."""
        self._asking = False
        if self.away or status != self.latest:
            self.away = False
            self.latest = status
            self._changed()

    def _miss(self, _error: TvError) -> None:
        self._asking = False
        if not self.away:
            self.away = True
            self._changed()
