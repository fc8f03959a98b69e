"""Closing: ends the plays of televisions that have gone."""

import logging
from collections.abc import Callable

from agent.clock import Clock
from agent.settings import Settings
from agent.stores.disk.database import Database
from agent.stores.sessions.closing import close_plays, silent_plays

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0


class Closing:
    """Looks for silent televisions; `handle_one_look` is one turn."""

    def __init__(
        self, database: Database, clock: Clock, settings: Settings, when_closed: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._when_closed = when_closed
        self._started_ms = clock.mono_ms()

    def handle_one_look(self) -> float:
        """Close what has gone silent. Returns the seconds until the next look."""
        now_ms = self._clock.mono_ms()
        after_ms = self._settings.silent_after_ms
        with self._database.reading() as tables:
            gone = silent_plays(tables, self._clock.boot, now_ms, self._started_ms, after_ms)
        if gone:
            with self._database.writing() as tables:
                # Asked again: a report may have come in between.
                gone = silent_plays(tables, self._clock.boot, now_ms, self._started_ms, after_ms)
                close_plays(tables, gone)
            log.info("closed %s plays of televisions that went silent", len(gone))
            self._when_closed()
        return LOOK_EVERY_S
