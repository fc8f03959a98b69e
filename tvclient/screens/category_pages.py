"""Asks the agent for what is browsed: which lists there are, and the pages round the place in sight."""

from collections.abc import Callable
from functools import partial

from study.listing_api import ListingsReply, PageReply
from tvclient.errors import TvError
from tvclient.screens.services import Services
from tvclient.state.browsing import Browsing
from tvclient.state.page_window import PAGE, Ask, PageWindow

Changed = Callable[[str | None], None]
"""Told after every answer and every miss, with the id where a focus in the grid belongs now."""


class CategoryPages:
    """Drawing thread only; `focused` tells what has the focus while the screen is in sight."""

    def __init__(
        self, services: Services, browsing: Browsing, focused: Callable[[], str | None], changed: Changed
    ) -> None:
        self._services = services
        self._browsing = browsing
        self._focused = focused
        self._changed = changed
        self._revision: int | None = None
        self._is_loading = False
        self.error: TvError | None = None
        """The last miss, until the agent answers again."""

    def load(self) -> None:
        """The lists, and anew what is held: a course may have been studied meanwhile."""
        pages = self._browsing.grid.pages
        pages.ask_again()
        if self._is_loading:
            return
        self._is_loading = True
        latest = self._services.status.latest
        self._revision = latest["catalogue"]["revision"] if latest else None
        if pages.version is not None:
            pages.refresh()
        self._services.background.run(self._services.agent.listings, self._take_listings, self._miss_listings)
        self.ask()

    def keep_up(self) -> None:
        """The state of the box is another one: load where the catalogue changed or the agent was away."""
        latest = self._services.status.latest
        if latest is None or self._services.status.away:
            return
        is_behind = latest["catalogue"]["revision"] != self._revision
        if is_behind or self.error is not None or self._browsing.grid.pages.is_missed:
            self.load()

    def ask(self) -> None:
        """For the pages that are missing."""
        browsing, agent = self._browsing, self._services.agent
        pages = browsing.grid.pages
        for ask in pages.asks():
            self._services.background.run(
                partial(agent.listing_page, browsing.listing_id, browsing.order, ask.first, PAGE, ask.around),
                partial(self._take, pages, ask),
                partial(self._miss, pages, ask),
            )

    def _take_listings(self, reply: ListingsReply) -> None:
        self._is_loading = False
        self.error = None
        self._browsing.take(reply["listings"])
        self._changed(None)

    def _miss_listings(self, error: TvError) -> None:
        self._is_loading = False
        self.error = error
        self._changed(None)

    def _take(self, pages: PageWindow, ask: Ask, reply: PageReply) -> None:
        self._changed(self._browsing.take_page(pages, ask, reply, self._focused()))

    def _miss(self, pages: PageWindow, ask: Ask, error: TvError) -> None:
        pages.miss(ask)
        self.error = error
        self._changed(None)
