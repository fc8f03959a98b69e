"""The door at which an operator asks whether the platform is well."""

from fastapi import APIRouter, Request

from municipal.api.parts import parts_of
from municipal.stores.alarms import alarm_count
from municipal.stores.catalogue import current_revision
from study.city_api import HEALTH

router = APIRouter()


@router.get(HEALTH)
def get_health(request: Request) -> dict[str, str | int]:
    """200 when the database answers, 503 when it does not."""
    parts = parts_of(request)
    with parts.database.reading() as connection:
        revision, alarms = current_revision(connection), alarm_count(connection)
    return {"state": "ok", "time": parts.clock().isoformat(), "revision": revision, "alarms": alarms}
