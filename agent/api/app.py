"""The local API: one FastAPI application on loopback."""

import logging
from typing import Annotated

from fastapi import Body, FastAPI, Header, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from agent.api.course import course_page
from agent.api.enrolment import enrol_box
from agent.api.guard import Guard
from agent.api.home import home
from agent.api.media import media_response
from agent.api.parts import Parts
from agent.api.record import month_record
from agent.api.reports import take_report
from agent.api.source import source_of
from agent.api.status import status_of, this_month
from agent.data_folder import free_bytes
from agent.errors import AgentError, ApiError, CityError, DiskFullError, StoreError
from agent.records.report import Report
from agent.stores.catalogue import read_course
from agent.stores.covers import media_type
from study import local_api
from study.local_api import (
    CourseReply,
    HomeReply,
    RecordReply,
    ReportReply,
    SendingEntry,
    SourceReply,
    StatusReply,
)
from study.units import CourseId, ItemId

log = logging.getLogger(__name__)

_Id = Annotated[str, Path(min_length=1, max_length=200)]
_Typed = Annotated[str, Body(max_length=200)]
_Screen = Annotated[str, Query(max_length=200)]


def make_app(parts: Parts) -> FastAPI:
    """The application with its guard; every answer that is not the one hoped for is {"code", "words"}."""
    app = FastAPI(title="站学 local API", docs_url=None, redoc_url=None)
    app.add_middleware(Guard, token=parts.token)
    app.add_exception_handler(AgentError, _agent_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _fault)
    _add_station(app, parts)
    _add_catalogue(app, parts)
    _add_study(app, parts)
    return app


def _add_station(app: FastAPI, parts: Parts) -> None:
    # Plain functions, not coroutines: they wait for the disk, so they run on worker threads.
    def status() -> StatusReply:
        sending = parts.sync.sending
        entry = None if sending is None else SendingEntry(done=sending.done, total=sending.total)
        with parts.database.reading() as tables:
            return status_of(tables, parts.clock, entry, free_bytes(parts.settings))

    def enrolment(account: _Typed, code: _Typed) -> StatusReply:
        client = parts.new_client()
        try:
            enrol_box(parts.database, client, parts.clock, parts.key, account, code)
        finally:
            client.close()
        parts.kick_mirror()
        parts.kick_sync()
        return status()

    app.add_api_route(local_api.STATUS, status, response_model=None)
    app.add_api_route(local_api.ENROLMENT, enrolment, methods=["POST"], response_model=None)


def _add_catalogue(app: FastAPI, parts: Parts) -> None:
    def home_rows() -> HomeReply:
        with parts.database.reading() as tables:
            return home(tables, this_month(tables, parts.clock))

    def course(course_id: _Id, terminal: _Screen = local_api.DEFAULT_TERMINAL) -> CourseReply:
        with parts.database.reading() as tables:
            return course_page(tables, parts.clock, CourseId(course_id), terminal)

    def cover(course_id: _Id) -> Response:
        with parts.database.reading() as tables:
            held = read_course(tables, CourseId(course_id))
        file = None if held is None or not held.cover_path else parts.covers.file(held.cover_path)
        if file is None or not file.exists():
            raise ApiError(404, "no_cover", "这门课程没有封面")
        image = file.read_bytes()
        return Response(image, media_type=media_type(image))

    app.add_api_route(local_api.HOME, home_rows, response_model=None)
    app.add_api_route(local_api.COURSES + "/{course_id}", course, response_model=None)
    app.add_api_route(local_api.COVERS + "/{course_id}", cover, response_model=None)


def _add_study(app: FastAPI, parts: Parts) -> None:
    def source(item_id: _Id) -> SourceReply:
        return source_of(parts, ItemId(item_id))

    def reports(report: Report) -> ReportReply:
        return take_report(parts, report)

    def record(month: str | None = None) -> RecordReply:
        with parts.database.reading() as tables:
            try:
                return month_record(tables, month or this_month(tables, parts.clock))
            except ValueError as error:
                raise ApiError(422, "bad_month", "月份应写成 2026-11 这样") from error

    def media(
        media_pass: str, path: str, byte_range: Annotated[str | None, Header(alias="Range")] = None
    ) -> FileResponse | Response:
        return media_response(parts, media_pass, f"/{path}", byte_range)

    app.add_api_route(local_api.ITEMS + "/{item_id}/source", source, response_model=None)
    app.add_api_route(local_api.REPORTS, reports, methods=["POST"], response_model=None)
    app.add_api_route(local_api.RECORD, record, response_model=None)
    app.add_api_route("/media/{media_pass}/{path:path}", media, response_model=None)


def _agent_error(request: Request, error: Exception) -> Response:
    match error:
        case ApiError(status=status, code=code, words=words):
            return _said(status, code, words)
        case DiskFullError(words=words):
            return _said(507, "disk_full", words)
        case StoreError(words=words):
            log.error("store: %s", words)
            return _said(503, "store", words)
        case CityError(words=words):
            return _said(502, "city", words)
        case _:
            return _fault(request, error)


def _fault(_: Request, error: Exception) -> Response:
    # The server logs the error itself with its traceback.
    return _said(500, "fault", f"本机服务内部出错（{type(error).__name__}），已记入日志；请稍后再试")


def _bad_request(_: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    where = "、".join(".".join(str(part) for part in fault["loc"]) for fault in faults[:3])
    return _said(422, "bad_request", f"请求的内容不对：{where}")


def _http_error(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _said(status, f"http_{status}", "本机服务没有这个功能，请升级程序")


def _said(status: int, code: str, words: str) -> JSONResponse:
    return JSONResponse({"code": code, "words": words}, status_code=status)
