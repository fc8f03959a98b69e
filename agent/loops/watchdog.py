"""The watchdog's keeper: a sign of life for the service manager, while there is life to tell of."""

import logging
from collections.abc import Callable, Mapping

from agent.errors import DiskFullError
from agent.stores.disk.database import Database

log = logging.getLogger(__name__)


class Watchdog:
    """Feeds the manager's watchdog only while everything turns; `handle_one_look` is one turn.

    What hangs is not mended from inside: the manager, no longer fed, starts the agent anew.
    """

    def __init__(
        self,
        database: Database,
        signs: Mapping[str, Callable[[], bool]],
        feed: Callable[[], None],
        every_s: float,
    ) -> None:
        """`signs` say by name whether a part is alive; `every_s` is well below the manager's patience."""
        self._database = database
        self._signs = signs
        self._feed = feed
        self._every_s = every_s

    def handle_one_look(self) -> float:
        """Feed, or say what does not turn. Returns the seconds until the next look."""
        hanging = [name for name, is_alive in self._signs.items() if not is_alive()]
        if hanging:
            log.error("no sign of life from %s: the watchdog is not fed", ", ".join(hanging))
            return self._every_s
        try:
            # Waits for its turn to write as every report does; writes nothing, so costs the disk nothing.
            with self._database.writing():
                pass
        except DiskFullError:
            # Starting anew would make no room.
            pass
        self._feed()
        return self._every_s
