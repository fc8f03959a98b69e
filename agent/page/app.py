"""The page for phones in the room: a small application of its own, on a socket of its own."""

import re
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from agent.errors import StoreError
from agent.page.attending import Attending, fault_words
from agent.page.door import Door, address_of, body_of, fault_page
from agent.page.invitations import TOKEN_LENGTH
from agent.page.limits import Limits
from agent.page.own_standing import own_standing
from agent.page.pages import SCAN_AGAIN, check_in_page, leave_page, remote_page, standing_page, words_page
from agent.page.parts import PageParts
from agent.page.posted import Posted, slot_of
from agent.page.remote import Remote
from agent.page.visits import Visit, Visits

COOKIE = "zx"
_THREADS = 2
"""Of their own, so that no number of phones keeps a report of the television waiting."""
_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")

_P = ParamSpec("_P")
_T = TypeVar("_T")


class _Page:
    """The routes, each a coroutine that lets worker threads wait for the disk."""

    def __init__(self, parts: PageParts, limits: Limits) -> None:
        settings = parts.settings
        self._parts = parts
        self._visits = Visits(settings.people_per_phone, share_address=settings.phones_share_address)
        self._attending = Attending(parts, self._visits, limits.tries_of_visit, limits.tries_of_address)
        self._remote = Remote(parts)
        self._threads = CapacityLimiter(_THREADS)

    async def front(self, request: Request) -> Response:
        visit = self._visit(request)
        return _scan_again() if visit is None else await self._aside(self._front, visit)

    async def another(self, request: Request) -> Response:
        visit = self._visit(request)
        return _scan_again() if visit is None else await self._aside(self._forms, visit)

    async def leaving(self, request: Request) -> Response:
        visit = self._visit(request)
        if visit is None:
            return _scan_again()
        return await self._aside(self._leaving, visit, slot_of(request.path_params["slot"]))

    async def come(self, request: Request) -> Response:
        return await self._posted(request, self._attending.come)

    async def leave(self, request: Request) -> Response:
        def leave(visit: Visit, posted: Posted) -> None:
            self._attending.leave(visit, posted.slot)

        return await self._posted(request, leave)

    async def remote(self, request: Request) -> Response:
        visit = self._visit(request)
        return _scan_again() if visit is None else await self._aside(self._keys, visit)

    async def press(self, request: Request) -> Response:
        """The phone stays on its page: nothing is loaded anew, and the next press finds the same place."""
        return await self._answered(request, self._pressed)

    async def enter(self, request: Request) -> Response:
        """With a token: a cookie takes its place, and the address shows it no more."""
        token = request.path_params["token"]
        if not _TOKEN.fullmatch(token):
            raise HTTPException(404)
        now_ms = self._parts.clock.mono_ms()
        known = self._visit(request)
        group_id = self._parts.invitations.group_of(token, now_ms)
        if group_id is None:
            return words_page(f"这个二维码已经过期。{SCAN_AGAIN}", 403) if known is None else _to_front()
        if known is not None and known.group_id == group_id:
            return _to_front()
        visit = self._visits.begin(group_id, address_of(request.scope), now_ms)
        response = _to_front()
        response.set_cookie(COOKIE, visit.cookie, path="/", httponly=True, samesite="strict")
        return response

    async def _posted(self, request: Request, done: Callable[[Visit, Posted], None]) -> Response:
        def to_front(visit: Visit, posted: Posted) -> Response:
            done(visit, posted)
            return _to_front()

        return await self._answered(request, to_front)

    async def _answered(self, request: Request, done: Callable[[Visit, Posted], Response]) -> Response:
        body = await body_of(request.receive)
        if body is None:
            return words_page("发来的内容过大，未予接收。", 413)
        visit = self._visit(request)
        if visit is None:
            return _scan_again()
        posted = Posted.of(body)
        if not visit.is_own_form(posted.form_token):
            return words_page("这个表单已经失效，请返回再试一次。", 403, has_way_back=True)
        return await self._aside(done, visit, posted)

    def _pressed(self, visit: Visit, posted: Posted) -> Response:
        return Response(status_code=204) if self._remote.press(visit, posted) else _to_remote()

    def _keys(self, visit: Visit) -> Response:
        return (
            remote_page(visit, own_standing(self._parts, visit)) if self._remote.may(visit) else _to_front()
        )

    def _front(self, visit: Visit) -> Response:
        standing = own_standing(self._parts, visit)
        if standing.people:
            may_bring = not self._visits.is_full(visit)
            may_remote = self._remote.may(visit)
            return standing_page(visit, standing, may_bring=may_bring, may_remote=may_remote)
        if not standing.is_open:
            return words_page("这场集体学习已经结束。", 200)
        return check_in_page(visit, standing)

    def _forms(self, visit: Visit) -> Response:
        standing = own_standing(self._parts, visit)
        if not standing.is_open or self._visits.is_full(visit):
            return _to_front()
        return check_in_page(visit, standing)

    def _leaving(self, visit: Visit, slot: int | None) -> Response:
        standing = own_standing(self._parts, visit)
        own = [one for one in standing.people if one.slot == slot and one.is_in]
        return leave_page(visit, standing, own[0]) if own and standing.is_open else _to_front()

    def _visit(self, request: Request) -> Visit | None:
        return self._visits.of(request.cookies.get(COOKIE, ""), self._parts.clock.mono_ms())

    async def _aside(self, done: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """On a worker thread: it waits for the disk."""
        return await to_thread.run_sync(lambda: done(*args, **kwargs), limiter=self._threads)


def make_page(parts: PageParts, limits: Limits, operator: Sequence[Route] = ()) -> Door:
    """The application behind its door."""
    page = _Page(parts, limits)

    def store_error(_: Request, error: Exception) -> Response:
        if isinstance(error, StoreError):
            parts.heard(error)
        return words_page(fault_words(error), 503)

    def fault(_: Request, error: Exception) -> Response:
        return fault_page(error)

    app = Starlette(
        routes=[
            *operator,
            Route("/", page.front),
            Route("/another", page.another),
            Route("/check-in", page.come, methods=["POST"]),
            Route("/leave", page.leave, methods=["POST"]),
            Route("/remote", page.remote),
            Route("/remote", page.press, methods=["POST"]),
            Route("/leave/{slot}", page.leaving),
            Route("/{token}", page.enter),
        ],
        exception_handlers={HTTPException: _http_error, StoreError: store_error, Exception: fault},
    )
    app.router.redirect_slashes = False
    return Door(app, limits.requests, parts.clock)


def _http_error(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return words_page(f"没有这一页。{SCAN_AGAIN}", status)


def _scan_again() -> Response:
    return words_page(SCAN_AGAIN, 403)


def _to_front() -> RedirectResponse:
    return RedirectResponse("/", 303)


def _to_remote() -> RedirectResponse:
    return RedirectResponse("/remote", 303)
