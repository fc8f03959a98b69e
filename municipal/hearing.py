"""Hearing: a box that only fetches something has been heard of all the same, if it signed its call."""

import logging

from municipal.database import Database
from municipal.errors import RequestError
from municipal.intake.signature import SignedRequest, signer_of
from municipal.stores.box_health import Told, last_seen_at_ms, note_told
from municipal.stores.keys import BoxKey, key_of
from study.city_api import BACKLOG_HEADER, HEALTH_HEADER

log = logging.getLogger(__name__)

EVERY_MS = 60_000
"""More often a station's calls are not noted: each note is a write."""
_CALL_COMPONENTS = ("@method", "@path", BACKLOG_HEADER.lower())


def hear(database: Database, request: SignedRequest, told: Told, now_ms: int) -> None:
    """Note what a fetching box told of itself; a signature that does not hold changes nothing."""
    names = {name.lower() for name, _ in request.fields}
    health = (HEALTH_HEADER.lower(),) if HEALTH_HEADER.lower() in names else ()

    def find_key(key_id: str) -> BoxKey | None:
        with database.reading() as connection:
            return key_of(connection, key_id)

    try:
        station = signer_of(request, find_key, (*_CALL_COMPONENTS, *health)).station
    except RequestError as error:
        log.info("not heard path=%s code=%s", request.path, error.code)
        return
    with database.reading() as connection:
        seen_ms = last_seen_at_ms(connection, station)
    if seen_ms is None or abs(now_ms - seen_ms) >= EVERY_MS:
        with database.writing() as connection:
            note_told(connection, station, told, now_ms)
