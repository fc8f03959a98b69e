"""Housekeeping: once a day lets go of what is old, and makes the ballast again where there is room."""

import logging

from agent.clock import Clock
from agent.stores.dates.moments import utc_ms_of
from agent.stores.disk.database import Database
from agent.stores.disk.kept_aside import tidy
from agent.stores.disk.notices import let_a_day_pass
from agent.stores.disk.retention import (
    DAY_MS,
    DETAILS_KEPT_MS,
    SESSIONS_KEPT_MS,
    prune_details,
    prune_programmes,
    prune_records,
    prune_sessions,
    prune_televisions,
)
from agent.stores.disk.room import Room

log = logging.getLogger(__name__)

_FIRST_MS = 600_000
"""The first minutes belong to whoever switched the box on."""
_LOOK_EVERY_S = 600.0
_ROWS_AT_ONCE = 200
"""In one transaction, so that a report never waits for housekeeping."""


class Housekeeping:
    """One box's; `handle_one_look` is one turn."""

    def __init__(self, database: Database, room: Room, clock: Clock) -> None:
        self._database = database
        self._room = room
        self._clock = clock
        self._day_begins_ms = clock.mono_ms() + _FIRST_MS

    def handle_one_look(self) -> float:
        """Keep the ballast, and once a day the rest. Returns the seconds until the next look."""
        self._room.refill()
        if self._clock.mono_ms() >= self._day_begins_ms:
            self._day_begins_ms = self._clock.mono_ms() + DAY_MS
            self._handle_one_day()
        return _LOOK_EVERY_S

    def _handle_one_day(self) -> None:
        with self._database.writing() as tables:
            let_a_day_pass(tables)
            prune_televisions(tables)
            utc_ms = utc_ms_of(tables, self._clock.boot, self._clock.mono_ms())
        if utc_ms is not None:
            # Without a date nothing can be told to be old.
            self._let_go(utc_ms)
            self._database.rewrite_log(utc_ms - DETAILS_KEPT_MS)
        self._database.shrink()
        tidy(self._database.file)

    def _let_go(self, utc_ms: int) -> None:
        with self._database.writing() as tables:
            records = prune_records(tables, utc_ms - SESSIONS_KEPT_MS)
            prune_programmes(tables, utc_ms - SESSIONS_KEPT_MS)
        plays = sessions = 0
        while (gone := self._prune_some(utc_ms)) != (0, 0):
            plays, sessions = plays + gone[0], sessions + gone[1]
        if plays or sessions or records:
            log.info(
                "let go of %s plays, %s records and %s sessions long delivered", plays, records, sessions
            )

    def _prune_some(self, utc_ms: int) -> tuple[int, int]:
        with self._database.writing() as tables:
            return (
                prune_details(tables, utc_ms - DETAILS_KEPT_MS, _ROWS_AT_ONCE),
                prune_sessions(tables, utc_ms - SESSIONS_KEPT_MS, _ROWS_AT_ONCE),
            )
