"""The door at which an operator asks whether the platform is well."""

from fastapi import APIRouter, Request

from municipal.api.parts import parts_of
from municipal.stores.alarms import alarm_count
from municipal.stores.catalogue import current_revision
from municipal.stores.platform_key import platform_key, public_text
from study.city_api import HEALTH, HealthReply

router = APIRouter()


@router.get(HEALTH, response_model=None)
def get_health(request: Request) -> HealthReply:
    """200 when the database answers, 503 when it does not."""
    parts = parts_of(request)
    with parts.database.reading() as connection:
        revision, alarms = current_revision(connection), alarm_count(connection)
    return {
        "state": "ok",
        "time": parts.clock().isoformat(),
        "revision": revision,
        "alarms": alarms,
        "platform_key": public_text(platform_key(parts.database)),
    }
