"""Mirror: keeps catalogue, covers and ranking as the platform last published them."""

import logging
from collections.abc import Callable

from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clock import Clock
from agent.errors import CityError, DeclinedError, NoAnswerError
from agent.loops.retrying import retry_s
from agent.loops.signer import signer_of
from agent.records.delta import delta_of
from agent.records.slot import offset_s, rest_s
from agent.records.telling import Telling
from agent.settings import Settings
from agent.stores.box import read_box
from agent.stores.courses.catalogue import apply_delta, revision
from agent.stores.courses.covers import Covers
from agent.stores.dates.anchors import add_anchor
from agent.stores.dates.moments import utc_ms_of
from agent.stores.delivery.outbox import note_online, waiting
from agent.stores.disk.database import Database
from agent.stores.freshness import note_fresh
from agent.stores.rankings import put_ranking
from agent.stores.stick.receipts import keep_platform_key, platform_key
from study.anchor import from_utc_ms
from study.health import Health
from study.month import month_of
from study.station import Station

log = logging.getLogger(__name__)

_COVER_BYTES_MAX = 4 * 1024 * 1024
_KNOCK_EVERY_S = 10.0
_RANKING_EVERY_MS = 3_600_000
"""Other stations' hours can wait; this one's own make it fetch anew."""


class Mirror:
    """One box following the platform; `handle_one_look` is one turn."""

    def __init__(
        self,
        database: Database,
        client: MunicipalClient,
        clock: Clock,
        covers: Covers,
        keys: BoxKeys,
        settings: Settings,
        draw: Callable[[float, float], float],
        call_again_s: Callable[[], float],
        when_changed: Callable[[], None],
        when_back: Callable[[], None],
        health: Callable[[], Health | None] = lambda: None,
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._covers = covers
        self._keys = keys
        self._settings = settings
        self._draw = draw
        self._call_again_s = call_again_s
        self._when_changed = when_changed
        self._when_back = when_back
        self._health = health
        self._slot_ms: int | None = None
        self._ranked_at_ms: int | None = None
        self._failures = 0

    def ranking_has_moved(self) -> None:
        """This box has just delivered hours."""
        self._ranked_at_ms = None

    def network_changed(self) -> None:
        """The next look waits for the station's slot: the whole street may have its network back."""
        self._slot_ms = None

    def handle_one_look(self) -> float:
        """Fetch what is new. Returns the seconds until the next look."""
        with self._database.reading() as tables:
            station = read_box(tables).station
        if station is not None and (until_s := self._until_slot_s(station)) > 0:
            return until_s
        try:
            if station is not None:
                self._fetch_catalogue()
            else:
                self._knock()
        except CityError as error:
            return self._failed(error)
        self._failures = 0
        if station is None:
            return min(_KNOCK_EVERY_S, self._settings.catalogue_every_s)
        self._learn_platform_key()
        self._fetch_covers()
        if self._is_ranking_old():
            self._fetch_ranking()
        if self._settings.spread_s == 0:
            return self._call_again_s()
        return rest_s(station.number, self._call_again_s(), self._clock.mono_ms() / 1000)

    def _until_slot_s(self, station: Station) -> float:
        now_ms = self._clock.mono_ms()
        if self._slot_ms is None:
            self._slot_ms = now_ms + int(offset_s(station.number, self._settings.spread_s) * 1000)
        return (self._slot_ms - now_ms) / 1000

    def _failed(self, error: CityError) -> float:
        self._failures += 1
        with self._database.writing() as tables:
            note_online(tables, isinstance(error, DeclinedError))
        wait_s = retry_s(self._failures, self._settings, self._draw, error.retry_after_s)
        log.info("catalogue not fetched (%s), again in %.1f s", error.words, wait_s)
        return wait_s

    def _knock(self) -> None:
        """Before enrolment the operator wants to know whether the network is there, and nothing else."""
        # Who enrols wants to see the courses at once.
        self._slot_ms = self._clock.mono_ms()
        self._client.health()
        with self._database.writing() as tables:
            note_online(tables, True)

    def _learn_platform_key(self) -> None:
        """For a box whose database was rebuilt; others have it by enrolment.

        Only where nobody in between can name a key of his own: he could settle records by false receipts.
        """
        if not self._client.is_proven:
            return
        with self._database.reading() as tables:
            if platform_key(tables) is not None:
                return
        try:
            key = self._client.platform_key()
        except CityError as error:
            log.info("the platform's key is not known yet: %s", error.words)
            return
        with self._database.writing() as tables:
            keep_platform_key(tables, key)

    def _is_ranking_old(self) -> bool:
        ranked_at_ms = self._ranked_at_ms
        return ranked_at_ms is None or self._clock.mono_ms() - ranked_at_ms >= _RANKING_EVERY_MS

    def _fetch_catalogue(self) -> None:
        with self._database.reading() as tables:
            since, backlog = revision(tables), waiting(tables)
        signer = signer_of(self._database, self._clock, self._keys)
        reply, told = self._client.catalogue(since, signer, Telling(backlog, self._health()))
        delta = delta_of(reply, since)
        with self._database.writing() as tables:
            is_back = note_online(tables, True)
            if told is not None:
                add_anchor(tables, told.as_anchor(self._clock.boot))
            if delta.full or delta.revision != since:
                apply_delta(tables, delta)
            note_fresh(tables, self._clock.boot, self._clock.mono_ms())
        if is_back:
            self._when_back()
        for line in delta.unreadable:
            log.warning("catalogue revision %s: %s", delta.revision, line)
        if delta.full or delta.revision != since:
            log.info("catalogue at revision %s: %s courses new", delta.revision, len(delta.courses))
            self._when_changed()

    def _fetch_ranking(self) -> None:
        with self._database.reading() as tables:
            station = read_box(tables).station
            utc_ms = utc_ms_of(tables, self._clock.boot, self._clock.mono_ms())
        if station is None or utc_ms is None:
            return
        try:
            ranking = self._client.ranking(station.district, month_of(from_utc_ms(utc_ms)))
        except CityError as error:
            log.info("ranking not fetched: %s", error.words)
            return
        with self._database.writing() as tables:
            put_ranking(tables, ranking)
        self._ranked_at_ms = self._clock.mono_ms()

    def _fetch_covers(self) -> None:
        with self._database.reading() as tables:
            missing = self._covers.missing(tables)
            self._covers.tidy(tables)
        for path in missing:
            try:
                self._covers.put(path, self._client.fetch(path, _COVER_BYTES_MAX))
            except (NoAnswerError, OSError) as error:
                # A line or a disk that fails one would fail the others too, each after its time-out.
                log.warning("cover %s not fetched, nor those after it: %s", path, error)
                return
            except (CityError, ValueError) as error:
                log.warning("cover %s not fetched: %s", path, error)
