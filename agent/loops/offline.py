"""Offline study: the box asks the city what was decided about it."""

import logging
from collections.abc import Callable

from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clock import Clock
from agent.errors import CityError
from agent.loops.retrying import retry_s
from agent.loops.signer import signer_of
from agent.settings import Settings
from agent.stores.disk.database import Database
from agent.stores.offline.standings import awaits_word, keep_standings

log = logging.getLogger(__name__)


class OfflineAsking:
    """One box's; `handle_one_look` is one turn. Kicked after each delivery."""

    def __init__(
        self,
        database: Database,
        client: MunicipalClient,
        clock: Clock,
        keys: BoxKeys,
        settings: Settings,
        draw: Callable[[float, float], float],
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._keys = keys
        self._settings = settings
        self._draw = draw
        self._failures = 0

    def handle_one_look(self) -> float:
        """Returns the seconds until the next look; asks nothing where nothing waits for a word."""
        with self._database.reading() as tables:
            is_wanted = awaits_word(tables)
        signer = signer_of(self._database, self._clock, self._keys) if is_wanted else None
        if signer is None:
            return self._settings.catalogue_every_s
        try:
            standings = self._client.offline_standings(signer)
        except CityError as error:
            self._failures += 1
            if self._failures == 1:
                log.info("what was decided about offline study is not known: %s", error.words)
            return retry_s(self._failures, self._settings, self._draw, error.retry_after_s)
        self._failures = 0
        with self._database.writing() as tables:
            keep_standings(tables, standings)
        return self._settings.catalogue_every_s
