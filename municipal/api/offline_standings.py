"""The door at which a box asks what was decided about its station's offline study."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from municipal.api.body import read_body
from municipal.api.parts import Parts, parts_of
from municipal.api.signed import signed_by
from municipal.intake.signature import SignedRequest, signer_of
from municipal.stores.keys import BoxKey, key_of
from municipal.stores.offline import HeldOffline, offline_of_station
from study.city_api import OFFLINE_STANDINGS, OfflineStandingEntry, OfflineStandingsReply

router = APIRouter()

_BODY_BYTES_MAX = 1024


@router.post(OFFLINE_STANDINGS, response_model=None)
async def post_offline_standings(request: Request) -> OfflineStandingsReply:
    """Only of the station whose box asks, by a signed call."""
    signed = signed_by(request, await read_body(request, _BODY_BYTES_MAX))
    return await run_in_threadpool(_told, parts_of(request), signed)


def _told(parts: Parts, signed: SignedRequest) -> OfflineStandingsReply:
    def find_key(key_id: str) -> BoxKey | None:
        with parts.database.reading() as connection:
            return key_of(connection, key_id)

    signer = signer_of(signed, find_key)
    with parts.database.reading() as connection:
        held = offline_of_station(connection, signer.station)
    standings = [_entry(one) for one in held if one.stands and one.approved is not None]
    return {"standings": standings, "time": parts.clock().isoformat()}


def _entry(held: HeldOffline) -> OfflineStandingEntry:
    return {
        "epoch": held.epoch,
        "seq": held.record.seq,
        "standing": "approved" if held.approved else "returned",
        "words": held.words,
        "decided_utc_ms": held.decided_at_ms or 0,
    }
