"""Errors as answers: every failure becomes a status, a short code and one Chinese sentence."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from municipal.errors import RequestError, StorageError, TryLaterError
from study.city_api import ErrorReply

log = logging.getLogger(__name__)

STORAGE_RETRY_S = 60
_FILES = ("/media/", "/covers/")

_WORDS = {
    404: "没有找到所要的内容。",
    405: "这个地址不支持这种请求。",
    416: "请求的范围超出了文件。",
}


def add_answers(app: FastAPI) -> None:
    """Let `app` answer errors; the translation stands here, once."""
    app.add_exception_handler(RequestError, _refused)
    app.add_exception_handler(StorageError, _storage)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestError)  # noqa: S101 - the table above says so
    log.info("refused path=%s status=%d code=%s", request.url.path, error.status, error.code)
    retry_after_s = error.retry_after_s if isinstance(error, TryLaterError) else None
    return _answer(error.status, error.code, error.words, retry_after_s)


def _storage(request: Request, error: Exception) -> JSONResponse:
    log.error("storage path=%s cause=%r", request.url.path, error.__cause__)
    return _answer(503, "storage", "平台的数据库暂时不可用，设备会稍后重试，数据不会丢失。", STORAGE_RETRY_S)


def _invalid(_request: Request, _error: Exception) -> JSONResponse:
    return _answer(400, "bad_request", "请求的参数不正确。")


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - the table above says so
    status, path = error.status_code, request.url.path
    if status == HTTPStatus.NOT_FOUND and path.startswith(_FILES):
        log.warning("file_missing path=%r 站点要的文件不在文件夹里；请放回去，或重新导入目录", path)
    code = HTTPStatus(status).phrase.lower().replace(" ", "_")
    answer = _answer(status, code, _WORDS.get(status, "请求不正确。"))
    answer.headers.update(error.headers or {})
    return answer


def _unexpected(request: Request, _error: Exception) -> JSONResponse:
    # The server logs the error itself with its traceback.
    log.error("unexpected path=%s", request.url.path)
    return _answer(500, "internal", "平台内部出错，设备会稍后重试，请把日志交给维护人员。")


def _answer(status: int, code: str, words: str, retry_after_s: int | None = None) -> JSONResponse:
    body: ErrorReply = {"code": code, "words": words}
    headers = {}
    if retry_after_s is not None:
        body["retry_after_s"] = retry_after_s
        headers["Retry-After"] = str(retry_after_s)
    return JSONResponse(body, status, headers)
