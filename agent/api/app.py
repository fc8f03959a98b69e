"""The local API: one FastAPI application on loopback."""

from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import Body, FastAPI, Path, Query
from fastapi.responses import Response

from agent.api.article_routes import add_articles
from agent.api.clock import ClockTelling, tell_clock
from agent.api.course import course_page, cover
from agent.api.documented import answers, describe, errors, files
from agent.api.enrolment import enrol_box
from agent.api.group_routes import add_group
from agent.api.group_tile import group_tile
from agent.api.guard import Guard
from agent.api.guide_routes import add_guide
from agent.api.home import home
from agent.api.listing_routes import add_listings
from agent.api.media_routes import add_media
from agent.api.operating_routes import add_operating
from agent.api.parts import Parts
from agent.api.record import month_record
from agent.api.refusals import add_refusals
from agent.api.remote_routes import add_remote
from agent.api.reports import take_report
from agent.api.roster_routes import add_roster
from agent.api.search_routes import add_search
from agent.api.source import source_of
from agent.api.status import status_of, this_month
from agent.data_folder import disk_size
from agent.errors import ApiError
from agent.records.report import Report
from study import local_api
from study.local_api import (
    ClockEntry,
    CourseReply,
    HomeReply,
    OutboxReply,
    RecordReply,
    ReportReply,
    SendingEntry,
    SourceReply,
    StatusReply,
)
from study.units import CourseId, ItemId

_Id = Annotated[str, Path(min_length=1, max_length=200)]
_Typed = Annotated[str, Body(max_length=200)]
_Screen = Annotated[str, Query(max_length=200)]
_Month = Annotated[str | None, Query(max_length=20, description="2026-11；不写就是本月")]

_REPORT_THREADS = 2
"""Of their own, so that no number of slow calls to the city keeps a report waiting."""


def make_app(parts: Parts) -> FastAPI:
    """The application with its guard; every answer that is not the one hoped for is {"code", "words"}."""
    app = FastAPI(title="站学 local API", docs_url=None, redoc_url=None, redirect_slashes=False)
    app.add_middleware(Guard, token=parts.token)
    add_refusals(app, parts.heard)
    _add_station(app, parts)
    _add_catalogue(app, parts)
    _add_study(app, parts)
    add_articles(app, parts)
    add_search(app, parts)
    add_listings(app, parts)
    add_media(app, parts)
    add_operating(app, parts)
    add_guide(app, parts)
    add_group(app, parts)
    add_remote(app, parts)
    add_roster(app, parts)
    describe(app)
    return app


def _add_station(app: FastAPI, parts: Parts) -> None:
    # Plain functions, not coroutines: they wait for the disk, so they run on worker threads.
    def sending() -> SendingEntry | None:
        held = parts.sync.sending
        return None if held is None else SendingEntry(done=held.done, total=held.total)

    def warnings() -> list[str]:
        return [words for words in (*parts.told, parts.clock_warning()) if words]

    def status() -> StatusReply:
        with parts.database.reading() as tables:
            reply = status_of(tables, parts.clock, sending(), disk_size(parts.settings), warnings())
        reply["operator_page"] = parts.operator_url()
        reply["page_port"] = parts.page_port
        return reply

    def outbox() -> OutboxReply:
        return OutboxReply(next_try_s=parts.sync.next_try_s, sending=sending())

    def clock(telling: ClockTelling) -> ClockEntry:
        entry = tell_clock(parts.database, parts.clock, telling)
        parts.kick_timekeeping()
        parts.kick_sync()
        return entry

    def enrolment(account: _Typed, code: _Typed) -> StatusReply:
        client = parts.new_client()
        try:
            enrol_box(parts.database, client, parts.clock, parts.keys, account, code)
        finally:
            client.close()
        parts.sync.network_changed()
        parts.kick_mirror()
        parts.kick_sync()
        return status()

    app.add_api_route(local_api.STATUS, status, response_model=None, responses=answers(StatusReply))
    app.add_api_route(
        local_api.CLOCK,
        clock,
        methods=["POST"],
        response_model=None,
        responses=answers(ClockEntry, 409, 422, 507),
    )
    app.add_api_route(local_api.OUTBOX, outbox, response_model=None, responses=answers(OutboxReply))
    app.add_api_route(
        local_api.ENROLMENT,
        enrolment,
        methods=["POST"],
        response_model=None,
        responses=answers(StatusReply, 403, 409, 422, 507),
    )


def _add_catalogue(app: FastAPI, parts: Parts) -> None:
    def home_rows(terminal: _Screen = local_api.DEFAULT_TERMINAL) -> HomeReply:
        with parts.database.reading() as tables:
            group = group_tile(tables, terminal, parts.clock)
            return home(tables, this_month(tables, parts.clock), group)

    def course(course_id: _Id, terminal: _Screen = local_api.DEFAULT_TERMINAL) -> CourseReply:
        with parts.database.reading() as tables:
            return course_page(tables, parts.clock, CourseId(course_id), terminal)

    def course_cover(course_id: _Id) -> Response:
        return cover(parts, CourseId(course_id))

    app.add_api_route(local_api.HOME, home_rows, response_model=None, responses=answers(HomeReply, 422))
    app.add_api_route(
        local_api.COURSES + "/{course_id}",
        course,
        response_model=None,
        responses=answers(CourseReply, 404, 422),
    )
    app.add_api_route(
        local_api.COVERS + "/{course_id}",
        course_cover,
        response_class=Response,
        responses=files(200, "image/png", "image/jpeg") | errors(404, 422),
    )


def _add_study(app: FastAPI, parts: Parts) -> None:
    threads = CapacityLimiter(_REPORT_THREADS)

    def source(item_id: _Id) -> SourceReply:
        return source_of(parts, ItemId(item_id))

    async def reports(report: Report) -> ReportReply:
        return await to_thread.run_sync(take_report, parts, report, limiter=threads)

    def record(month: _Month = None) -> RecordReply:
        with parts.database.reading() as tables:
            try:
                return month_record(tables, month or this_month(tables, parts.clock))
            except ValueError as error:
                raise ApiError(422, "bad_month", "月份应写成 2026-11 这样") from error

    app.add_api_route(
        local_api.ITEMS + "/{item_id}/source",
        source,
        response_model=None,
        responses=answers(SourceReply, 404, 422),
    )
    app.add_api_route(
        local_api.REPORTS,
        reports,
        methods=["POST"],
        response_model=None,
        responses=answers(ReportReply, 422, 507),
    )
    app.add_api_route(local_api.RECORD, record, response_model=None, responses=answers(RecordReply, 422))
