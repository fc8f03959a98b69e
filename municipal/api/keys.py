"""The door at which a box names its next key."""

import base64
import binascii

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from municipal.api.body import read_body
from municipal.api.parts import Parts, parts_of
from municipal.api.signed import signed_by
from municipal.errors import RequestError
from municipal.intake.signature import SignedRequest, signer_of
from municipal.rotation import name_key
from municipal.stores.keys import BoxKey, KeyState, key_of
from study.anchor import to_utc_ms
from study.city_api import KEYS, SIGNED_COMPONENTS, KeyReply

router = APIRouter()

_BODY_BYTES_MAX = 1024


class KeyBody(BaseModel):
    """What a box sends."""

    public_key: str = Field(max_length=64)


@router.post(KEYS, response_model=None)
async def post_keys(request: Request) -> KeyReply:
    """Have the named key follow the one that signed; its own again changes nothing."""
    signed = signed_by(request, await read_body(request, _BODY_BYTES_MAX))
    return await run_in_threadpool(_name, parts_of(request), signed)


def _name(parts: Parts, signed: SignedRequest) -> KeyReply:
    def find_key(key_id: str) -> BoxKey | None:
        with parts.database.reading() as connection:
            return key_of(connection, key_id)

    signer = signer_of(signed, find_key, SIGNED_COMPONENTS, (KeyState.ACTIVE, KeyState.REPLACED))
    now = parts.clock()
    key_id = name_key(parts.database, signer, _public_key(signed.body), to_utc_ms(now))
    return {"key_id": key_id, "time": now.isoformat()}


def _public_key(body: bytes) -> bytes:
    try:
        return base64.b64decode(KeyBody.model_validate_json(body).public_key, validate=True)
    except (ValidationError, binascii.Error, ValueError) as error:
        raise RequestError(400, "bad_request", "更换密钥的请求格式不正确。") from error
