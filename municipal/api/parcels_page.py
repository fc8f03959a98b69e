"""The page on which a person at an office uploads USB parcels; it needs no JavaScript."""

import logging
from base64 import b64encode
from dataclasses import dataclass
from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from municipal.api.parts import Parts, parts_of
from municipal.errors import RequestError, StorageError
from municipal.parcels.taking import TakenParcel, take_parcel
from study.city_api import PARCELS_PAGE
from study.parcel import PARCEL_BYTES_MAX, PARCEL_SUFFIX, RECEIPT_SUFFIX

log = logging.getLogger(__name__)
router = APIRouter()

FILES_MAX = 50
UPLOAD_BYTES_MAX = 64 * 1024 * 1024

_FIELD = "parcel"
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>学时记录包</title>
<style>
body {{ font: 18px/1.7 sans-serif; max-width: 56em; margin: 2em auto; padding: 0 1em; color: #222 }}
table {{ border-collapse: collapse; width: 100%; margin: 1em 0 }}
th, td {{ border: 1px solid #999; padding: .4em .7em; text-align: left; vertical-align: top }}
.no {{ color: #a00 }}
button {{ font: inherit; padding: .3em 1.5em }}
</style>
<h1>学时记录包</h1>
{result}
<form method="post" enctype="multipart/form-data">
<p>选择U盘 ZHANXUE 文件夹里的记录包（*{parcel}，可以一次选多个），然后上传：</p>
<p><input type="file" name="{field}" accept="{parcel}" multiple required> <button>上传</button></p>
</form>
<p>上传后请把每个回执（*{receipt}）下载到U盘的同一个文件夹，把U盘插回站点的设备：
设备看到回执，才把这些记录标为已送达。同一个记录包传几次都只计一次。</p>
</html>
"""
_TABLE = """<table><tr><th>文件</th><th>站点</th><th>记录</th><th>结果</th><th>回执</th></tr>
{rows}
</table>"""


@dataclass(frozen=True, slots=True)
class _Uploaded:
    name: str
    taken: TakenParcel | None
    words: str


@router.get(PARCELS_PAGE, response_class=HTMLResponse)
def get_page() -> str:
    """The empty form."""
    return _page("")


@router.post(PARCELS_PAGE, response_class=HTMLResponse)
async def post_page(request: Request) -> HTMLResponse:
    """Take what was chosen, one file after the other; what became of each stands in a table."""
    parts = parts_of(request)
    declared = request.headers.get("content-length", "")
    # The server holds a body to its declared length; without one it could fill the disk.
    if not declared.isdigit() or int(declared[:19]) > UPLOAD_BYTES_MAX:
        return HTMLResponse(_page(_sentence("一次上传的内容过多，请分几次上传。")), 413)
    try:
        async with request.form(max_files=FILES_MAX, max_fields=FILES_MAX) as form:
            chosen = [one for one in form.getlist(_FIELD) if isinstance(one, UploadFile) and one.filename]
            uploaded = [await _take(parts, one) for one in chosen]
    except (HTTPException, ClientDisconnect):
        return HTMLResponse(_page(_sentence(f"上传中断，或一次超过 {FILES_MAX} 个文件；请重新上传。")), 400)
    if not uploaded:
        return HTMLResponse(_page(_sentence("没有选择文件。")), 400)
    rows = "\n".join(_row(one) for one in uploaded)
    return HTMLResponse(_page(_TABLE.format(rows=rows)))


async def _take(parts: Parts, upload: UploadFile) -> _Uploaded:
    name = upload.filename or ""
    data = await upload.read(PARCEL_BYTES_MAX + 1)
    try:
        taken = await run_in_threadpool(take_parcel, parts.database, data, parts.clock())
    except (RequestError, StorageError) as error:
        log.warning("parcel not taken file=%r words=%s", name, error.words)
        return _Uploaded(name, None, error.words)
    return _Uploaded(name, taken, taken.words)


def _page(result: str) -> str:
    return _PAGE.format(result=result, field=_FIELD, parcel=PARCEL_SUFFIX, receipt=RECEIPT_SUFFIX)


def _sentence(words: str) -> str:
    return f'<p class="no">{escape(words)}</p>'


def _row(one: _Uploaded) -> str:
    if one.taken is None:
        words = f'<td colspan="4" class="no">{escape(one.words)}</td>'
        return f"<tr><td>{escape(one.name)}</td>{words}</tr>"
    # The receipt stands in the page itself: nothing has to be kept for a download that may never come.
    link = "data:application/octet-stream;base64," + b64encode(one.taken.file).decode()
    receipt, name = one.taken.receipt, escape(one.taken.receipt_name)
    cells = (escape(one.name), escape(receipt.station), str(receipt.records), escape(one.words))
    download = f'<a href="{link}" download="{name}">{name}</a>'
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in (*cells, download)) + "</tr>"
