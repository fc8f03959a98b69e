"""The door at which a box becomes a station's box."""

import base64
import binascii
import logging

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from municipal.api.body import read_body
from municipal.api.parts import parts_of
from municipal.enrolment import Application, enrol
from municipal.errors import RequestError
from municipal.stores.platform_key import platform_key, public_text
from study.city_api import ENROL, EnrolReply

log = logging.getLogger(__name__)
router = APIRouter()

BODY_BYTES_MAX = 4096


class EnrolBody(BaseModel):
    """What a box sends."""

    account: str = Field(min_length=1, max_length=64, pattern=r"^[^\x00]+$")
    code: str = Field(min_length=1, max_length=64)
    public_key: str = Field(max_length=64)


@router.post(ENROL, response_model=None)
async def post_enrol(request: Request) -> EnrolReply:
    """Spend an activation code on a public key; the same key with the same code gets the same answer."""
    parts = parts_of(request)
    application = _application(await read_body(request, BODY_BYTES_MAX), request)
    now = parts.clock()
    enrolled = await run_in_threadpool(enrol, parts.database, application, now)
    key = await run_in_threadpool(platform_key, parts.database)
    station = enrolled.station
    log.info("enrolled station=%s key=%s", station.number, enrolled.key_id)
    return {
        "station": {
            "number": station.number,
            "name": station.name,
            "district": station.district,
            "type": station.type.value,
        },
        "key_id": enrolled.key_id,
        "platform_key": public_text(key),
        "time": now.isoformat(),
    }


def _application(body: bytes, request: Request) -> Application:
    try:
        sent = EnrolBody.model_validate_json(body)
        public_key = base64.b64decode(sent.public_key, validate=True)
    except (ValidationError, binascii.Error, ValueError) as error:
        raise RequestError(400, "bad_request", "激活请求的格式不正确。") from error
    address = request.client.host if request.client else ""
    return Application(sent.account.strip(), sent.code.strip(), public_key, address)
