"""Indexing: keeps the search index as the catalogue is."""

import logging

from agent.search.index import SearchIndex
from agent.stores.disk.database import Database
from agent.stores.searchable import searchable

log = logging.getLogger(__name__)

_LOOK_EVERY_S = 6 * 3600.0
"""Kicked at every change; this is for one that nobody told of."""


class Indexing:
    """One box's; `handle_one_look` is one turn."""

    def __init__(self, database: Database, index: SearchIndex) -> None:
        self._database = database
        self._index = index

    def handle_one_look(self) -> float:
        """Read all titles, and take in what has changed. Returns the seconds until the next look."""
        with self._database.reading_apart() as tables:
            changed = self._index.follow(searchable(tables))
        if changed:
            log.info("search index: %s blocks made anew", changed)
        return _LOOK_EVERY_S
