"""The latest known state of the box, asked for again every few seconds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from study.local_api import StatusReply
from study.month import local
from study.units import MonotonicMs
from tvclient.background import Background
from tvclient.errors import TvError

POLL_S = 2.0


class StatusSource(Protocol):
    """Who knows the state; waits, so only for the background."""

    def status(self) -> StatusReply:
        """The box at a glance; raises TvError."""


class StatusFeed:
    """`latest` stays what it was while the agent is away; `away` tells so. Drawing thread only.

    `changed` is called after every answer and every missed one, so that the time shown goes on too.
    """

    def __init__(
        self,
        source: StatusSource,
        background: Background,
        changed: Callable[[], None],
        clock: Callable[[], MonotonicMs],
    ) -> None:
        self._source = source
        self._clock = clock
        self._taken_at_ms = clock()
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

    @property
    def now(self) -> datetime | None:
        """The station's local time by the agent's trustworthy one; None while there is none.

        Never the box's own calendar: a box without a clock of its own wakes up in 1970.
        """
        utc = self.latest["clock"]["utc"] if self.latest else None
        if utc is None:
            return None
        return local(datetime.fromisoformat(utc)) + timedelta(milliseconds=self._clock() - self._taken_at_ms)

    def take(self, status: StatusReply) -> None:
        """A new state, polled or told by the agent after a change."""
        self._asking = False
        self.away = False
        self.latest = status
        self._taken_at_ms = self._clock()
        self._changed()

    def _miss(self, _error: TvError) -> None:
        self._asking = False
        self.away = True
        self._changed()
