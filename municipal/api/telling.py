"""Telling: what a box says of itself in the header fields of a signed call."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import http_sf
from pydantic import BaseModel, Field, ValidationError

from municipal.stores.box_health import Told
from study.city_api import BACKLOG_HEADER, HEALTH_HEADER
from study.health import Health

_FIELD_MAX = 500
_WHOLE_MAX = 10**9


class _Health(BaseModel):
    version: str = Field(max_length=40, pattern=r"^[^\x00]*$")
    free_mb: int = Field(ge=0, le=_WHOLE_MAX)
    refused: int = Field(ge=0, le=_WHOLE_MAX)
    clock: str = Field(max_length=20, pattern=r"^[^\x00]*$")
    warnings: int = Field(ge=0, le=_WHOLE_MAX)


def told_in(headers: Mapping[str, str]) -> Told:
    """What can be read of it; a box is never turned away for what it says of itself."""
    return Told(_backlog(headers.get(BACKLOG_HEADER, "")), _health(headers.get(HEALTH_HEADER, "")))


def _backlog(text: str) -> int | None:
    with suppress(ValueError):
        value = int(text[:12])
        return value if 0 <= value <= _WHOLE_MAX else None
    return None


def _health(text: str) -> Health | None:
    if not text or len(text) > _FIELD_MAX:
        return None
    try:
        fields: Any = http_sf.parse(text.encode("latin-1"), tltype="dictionary")
        read = _Health.model_validate({name: value for name, (value, _) in fields.items()})
    except (ValidationError, ValueError, TypeError):
        return None
    return Health(**read.model_dump())
