"""The door at which boxes hand in their records."""

import logging

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from municipal.api.body import read_body
from municipal.api.parts import Parts, parts_of
from municipal.api.signed import signed_by
from municipal.api.telling import told_in
from municipal.intake.signature import SignedRequest, signer_of
from municipal.intake.taking import Receipt, run_of, take_in
from municipal.stores.box_health import Told
from municipal.stores.keys import BoxKey, key_of
from study.city_api import RECORDS, RecordsReply
from study.wire import RUN_BYTES_MAX, Run

log = logging.getLogger(__name__)
router = APIRouter()


@router.post(RECORDS, response_model=None)
async def post_records(request: Request) -> RecordsReply:
    """Take one signed run in. What the answer names is on the platform's disk."""
    parts = parts_of(request)
    body = await read_body(request, RUN_BYTES_MAX)
    told = told_in(request.headers)
    return await run_in_threadpool(_take, parts, signed_by(request, body), told)


def _take(parts: Parts, signed: SignedRequest, told: Told) -> RecordsReply:
    def find_key(key_id: str) -> BoxKey | None:
        with parts.database.reading() as connection:
            return key_of(connection, key_id)

    run = run_of(signed.body, signer_of(signed, find_key))
    now = parts.clock()
    receipt = take_in(parts.database, run, told, now)
    _log(run, receipt)
    return {
        "high_water": receipt.high_water,
        "refusals": [{"seq": r.seq, "code": r.code, "words": r.words} for r in receipt.refusals],
        "time": now.isoformat(),
        "call_again_s": parts.call_again_s,
    }


def _log(run: Run, receipt: Receipt) -> None:
    log.log(
        logging.WARNING if receipt.alarms else logging.INFO,
        "records station=%s epoch=%s first=%d last=%d new=%d repeated=%d refused=%d high_water=%d alarms=%d",
        run.station,
        run.epoch,
        run.records[0].seq,
        run.records[-1].seq,
        receipt.new,
        receipt.repeated,
        len(receipt.refusals),
        receipt.high_water,
        receipt.alarms,
    )
