"""Refusals: whatever goes wrong leaves the local API as {"code", "words"}."""

import logging
from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from agent.errors import (
    AgentError,
    ApiError,
    CityError,
    CorrectionError,
    DiskFullError,
    GroupError,
    RosterError,
    RosterKeyError,
    StickError,
    StoreError,
)

log = logging.getLogger(__name__)

_WORDS = {
    400: "请求的内容不是完整的 JSON，未予接收",
    404: "本机服务没有这个功能，请升级程序",
    405: "本机服务的这个功能不能这样使用，请升级程序",
}


def add_refusals(app: FastAPI, heard: Callable[[AgentError], None]) -> None:
    """Translate every error, foreseen or not, at the door; `heard` is told of the agent's own."""

    def agent_error(request: Request, error: Exception) -> Response:
        if isinstance(error, AgentError):
            heard(error)
        return _agent_error(request, error)

    app.add_exception_handler(AgentError, agent_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _fault)


def _agent_error(request: Request, error: Exception) -> Response:
    match error:
        case ApiError(status=status, code=code, words=words):
            return _said(status, code, words)
        case DiskFullError(words=words):
            return _said(507, "disk_full", words)
        case StoreError(words=words):
            log.error("store: %s", words)
            return _said(503, "store", words)
        case CorrectionError(words=words):
            return _said(422, "no_correction", words)
        case GroupError(code=code, words=words):
            return _said(409 if code != "bad_plan" else 422, code, words)
        case RosterKeyError(words=words):
            return _said(409, "roster_key", words)
        case RosterError(words=words):
            return _said(422, "roster", words)
        case StickError(words=words):
            return _said(409, "stick", words)
        case CityError(words=words):
            return _said(502, "city", words)
        case _:
            return _fault(request, error)


def _fault(_: Request, error: Exception) -> Response:
    # The server logs the error itself with its traceback.
    return _said(500, "fault", f"本机服务内部出错（{type(error).__name__}），已记入日志；请稍后再试")


def _bad_request(_: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    if any(fault["type"] == "json_invalid" for fault in faults):
        return _said(400, "http_400", _WORDS[400])
    where = "、".join(".".join(str(part) for part in fault["loc"]) for fault in faults[:3])
    return _said(422, "bad_request", f"请求的内容不对：{where}")


def _http_error(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return _fault(_, error)
    status = error.status_code
    words = _WORDS.get(status, f"本机服务没有办成（{status}），请稍后再试")
    return JSONResponse({"code": f"http_{status}", "words": words}, status, error.headers)


def _said(status: int, code: str, words: str) -> JSONResponse:
    return JSONResponse({"code": code, "words": words}, status_code=status)
