"""The body of a request, read no further than allowed."""

from fastapi import Request
from starlette.requests import ClientDisconnect

from municipal.errors import RequestError

_TOO_LARGE = "上传的内容过大，平台没有接收。"


async def read_body(request: Request, most_bytes: int) -> bytes:
    """The whole body. Raises RequestError 413 as soon as it is longer than `most_bytes`."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared[:19]) > most_bytes:
        raise RequestError(413, "too_large", _TOO_LARGE)
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most_bytes:
                raise RequestError(413, "too_large", _TOO_LARGE)
    except ClientDisconnect as error:
        raise RequestError(400, "cut_off", "上传中断，平台没有接收。") from error
    return bytes(body)
