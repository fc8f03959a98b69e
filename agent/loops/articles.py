"""Following the articles: fetches their headers page by page, the newest first, behind the catalogue."""

import logging
from collections.abc import Callable

from agent.clients.municipal import MunicipalClient
from agent.errors import CityError, DeclinedError, NonsenseError
from agent.loops.retrying import retry_s
from agent.records.article_page import ArticlePage, article_page_of
from agent.settings import Settings
from agent.stores.articles.headers import (
    MirrorState,
    begin_again,
    forget_revision,
    mirror_state,
    take_page,
)
from agent.stores.articles.kept import KeptArticles
from agent.stores.box import read_box
from agent.stores.courses.catalogue import revision
from agent.stores.disk.database import Database

log = logging.getLogger(__name__)

_PAGE = 500
"""Headers; on a line of 16 kbit/s about half a minute."""
_IDLE_S = 600.0
_BUSY_S = 10.0
_UNKNOWN_THERE_S = 6 * 3600.0
"""A platform older than this box has no such door."""
_BAD_REQUEST, _NOT_FOUND = 400, 404


class ArticleMirror:
    """One box's; `handle_one_page` is one turn. The catalogue's revision tells whether anything is new."""

    def __init__(
        self,
        database: Database,
        client: MunicipalClient,
        kept: KeptArticles,
        settings: Settings,
        draw: Callable[[float, float], float],
        line_is_busy: Callable[[], bool],
        when_changed: Callable[[], None],
    ) -> None:
        """`when_changed` is told after the last page of a walk: each one would have all looked through."""
        self._database = database
        self._client = client
        self._kept = kept
        self._settings = settings
        self._draw = draw
        self._line_is_busy = line_is_busy
        self._when_changed = when_changed
        self._failures = 0

    def handle_one_page(self) -> float:
        """Fetch the next page. Returns the seconds until the next turn."""
        with self._database.reading() as tables:
            state, newest = mirror_state(tables), revision(tables)
            is_enrolled = read_box(tables).station is not None
        if not is_enrolled or (state.coming is None and state.revision == newest):
            return _IDLE_S
        if self._line_is_busy():
            return _BUSY_S
        try:
            page = article_page_of(self._client.articles(state.revision, state.place, _PAGE))
            _check(state, page)
        except CityError as error:
            return self._failed(error)
        self._failures = 0
        for line in page.unreadable:
            log.warning("articles of revision %s: %s", page.revision, line)
        return self._taken(state, page)

    def _taken(self, state: MirrorState, page: ArticlePage) -> float:
        with self._database.writing() as tables:
            if page.full and state.revision:
                forget_revision(tables)
                if state.place:
                    return 0.0
            take_page(tables, page)
            if page.next:
                return 0.0
            self._kept.tidy(tables)
        log.info("articles at revision %s", page.revision)
        self._when_changed()
        return _IDLE_S

    def _failed(self, error: CityError) -> float:
        self._failures += 1
        if isinstance(error, DeclinedError) and error.status == _NOT_FOUND:
            log.info("this platform has no articles: %s", error.words)
            return _UNKNOWN_THERE_S
        if isinstance(error, DeclinedError) and error.status == _BAD_REQUEST:
            with self._database.writing() as tables:
                begin_again(tables)
        wait_s = retry_s(self._failures, self._settings, self._draw, error.retry_after_s)
        log.info("articles not fetched (%s), again in %.1f s", error.words, wait_s)
        return wait_s


def _check(state: MirrorState, page: ArticlePage) -> None:
    """Whether a page is the answer to what was asked. Raises NonsenseError."""
    is_other = not page.full and (state.revision == 0 or page.since != state.revision)
    stands = page.next != "" and page.next == state.place
    # A form that this box cannot read at all must not empty its list; a bad row among few changes may come.
    is_unreadable = page.full and bool(page.unreadable) and not page.articles
    if is_other or stands or is_unreadable:
        raise NonsenseError("市平台送来的图文目录接不上，继续使用原有目录")
