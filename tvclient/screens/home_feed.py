"""What home shows: first as it was last seen, then as the agent tells it, again whenever that may differ."""

from collections.abc import Callable
from functools import partial

from study.local_api import HomeReply, StatusReply
from tvclient.errors import TvError
from tvclient.kept_home import KeptHome
from tvclient.screens.services import Services

KEPT_NAME = "home.json"


class HomeFeed:
    """Drawing thread only. `changed` is told other rows, `failed` a miss while there are none."""

    def __init__(
        self, services: Services, changed: Callable[[HomeReply], None], failed: Callable[[TvError], None]
    ) -> None:
        self._services = services
        self._changed = changed
        self._failed = failed
        self._asked_for: tuple[int, bool] | None = None
        self._kept = KeptHome(services.settings.data_folder / KEPT_NAME)
        self.reply: HomeReply | None = None
        """Without empty rows; None until there is something to show."""

    def load(self) -> None:
        """Ask for it."""
        if self.reply is None and (kept := self._kept.read()) is not None:
            # What was on it last time is seen before the agent has answered, or has even started.
            self._show(kept)
        latest = self._services.status.latest
        self._asked_for = _stock(latest) if latest else None
        self._services.background.run(self._services.agent.home, self._take, self._miss)

    def keep_up(self) -> None:
        """The state of the box is another one: ask where the rows may be others by that."""
        status = self._services.status.latest
        if status is not None and not self._services.status.away and _stock(status) != self._asked_for:
            self.load()

    def _take(self, reply: HomeReply) -> None:
        shown: HomeReply = {"rows": [row for row in reply["rows"] if row["tiles"]]}
        if shown != self.reply:
            self._show(shown)
            self._services.background.run(partial(self._kept.write, shown), lambda _written: None)

    def _show(self, reply: HomeReply) -> None:
        self.reply = reply
        self._changed(reply)

    def _miss(self, error: TvError) -> None:
        self._asked_for = None
        if self.reply is None:
            self._failed(error)


def _stock(status: StatusReply) -> tuple[int, bool]:
    """What the rows depend on: the catalogue, and whether the network is there."""
    return status["catalogue"]["revision"], status["online"]
