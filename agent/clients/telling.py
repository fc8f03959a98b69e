"""Telling: the header fields that say how many records wait on the box, with how the box is."""

from dataclasses import asdict

import http_sf

from agent.records.telling import Telling
from study.city_api import BACKLOG_HEADER, HEALTH_HEADER


def headers_of(telling: Telling) -> dict[str, str]:
    """The fields, the health as a dictionary of RFC 8941."""
    headers = {BACKLOG_HEADER: str(telling.backlog)}
    if telling.health is not None:
        headers[HEALTH_HEADER] = http_sf.ser(asdict(telling.health))
    return headers
