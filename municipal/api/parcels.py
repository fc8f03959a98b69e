"""The door at which any office hands in USB parcels."""

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from municipal.api.body import read_body
from municipal.api.parts import parts_of
from municipal.parcels.taking import take_parcel
from study.city_api import PARCELS
from study.parcel import PARCEL_BYTES_MAX

router = APIRouter()


@router.post(PARCELS, response_model=None)
async def post_parcel(request: Request) -> Response:
    """Take one parcel in; the answer is the receipt's file. Nobody logs in: the box has signed it."""
    parts = parts_of(request)
    body = await read_body(request, PARCEL_BYTES_MAX)
    taken = await run_in_threadpool(take_parcel, parts.database, body, parts.clock())
    named = {"Content-Disposition": f'attachment; filename="{taken.receipt_name}"'}
    return Response(taken.file, media_type="application/octet-stream", headers=named)
