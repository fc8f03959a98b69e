"""The door at which a box is told the key of its station's pseudonyms."""

import base64

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from municipal.api.body import read_body
from municipal.api.parts import Parts, parts_of
from municipal.api.signed import signed_by
from municipal.intake.signature import SignedRequest, signer_of
from municipal.stores.keys import BoxKey, key_of
from municipal.stores.pseudonym_key import pseudonym_key
from study.city_api import PSEUDONYM_KEY, PseudonymKeyReply
from study.group.pseudonym import station_key

router = APIRouter()

_BODY_BYTES_MAX = 1024


@router.post(PSEUDONYM_KEY, response_model=None)
async def post_pseudonym_key(request: Request) -> PseudonymKeyReply:
    """Only to a box of the station itself, by a signed call."""
    signed = signed_by(request, await read_body(request, _BODY_BYTES_MAX))
    return await run_in_threadpool(_told, parts_of(request), signed)


def _told(parts: Parts, signed: SignedRequest) -> PseudonymKeyReply:
    def find_key(key_id: str) -> BoxKey | None:
        with parts.database.reading() as connection:
            return key_of(connection, key_id)

    signer = signer_of(signed, find_key)
    key = station_key(pseudonym_key(parts.database), signer.station)
    return {"pseudonym_key": base64.b64encode(key).decode(), "time": parts.clock().isoformat()}
