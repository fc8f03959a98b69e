"""The operator's pages: routes behind the PIN, in the same room's network as the phones' page."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from agent.page.door import UPLOAD_BYTES_MAX, address_of, body_of
from agent.page.operator.deeds import OperatorDeeds
from agent.page.operator.entering import Operator
from agent.page.operator.form import FORM_BYTES_MAX, Form
from agent.page.operator.front import Front
from agent.page.operator.ground import Ground
from agent.page.operator.groups import Groups
from agent.page.operator.offline import Offline
from agent.page.operator.pages import pin_page
from agent.page.operator.people import People
from agent.page.operator.sessions import Session
from agent.page.pages import words_page
from agent.page.parts import PageParts
from agent.page.tries import Tries

HOME = "/operator"
COOKIE = "zxop"
NO_PIN = "还没有设置管理员密码。请先在电视上进入“设置”，选一个 6 位密码，再来这里。"
_WRONG_OF_ADDRESS, _WRONG_OF_ALL = 5, 25
_ALL = "all"
_SECOND_MS = 1_000

Deed = Callable[..., Response | None]
"""Given the session and a form; None goes back to where it came from."""


class _Pages:
    """Each route is a coroutine that lets one worker thread wait for the disk and the hash."""

    def __init__(self, parts: PageParts, deeds: OperatorDeeds, operator: Operator) -> None:
        self._clock = parts.clock
        self._pin, self._sessions = operator.pin, operator.sessions
        self._by_address, self._by_all = Tries(_WRONG_OF_ADDRESS), Tries(_WRONG_OF_ALL)
        self._one = CapacityLimiter(1)
        on = Ground(parts, deeds)
        self.front, self.people, self.offline, self.groups = Front(on), People(on), Offline(on), Groups(on)

    def shown(self, deed: Deed, back: str = HOME) -> Callable[[Request], Any]:
        """A page that changes nothing."""

        async def answer(request: Request) -> Response:
            session = self._session(request)
            if session is None:
                return await self.door(request)
            form = Form({"find": [request.query_params.get("find", "")]})
            return await self._done(deed, session, form, back, **request.path_params)

        return answer

    def done(self, deed: Deed, back: str = HOME) -> Callable[[Request], Any]:
        """A form that was sent; then the browser is sent on to `back`, unless there is a page to show."""

        async def answer(request: Request) -> Response:
            session = self._session(request)
            if session is None:
                return await self.door(request)
            body = await body_of(request.receive, FORM_BYTES_MAX)
            if body is None:
                return words_page("发来的内容过大，未予接收。", 413)
            form = Form.of(body)
            if not session.is_own_form(form.text("form_token")):
                return _stale()
            return await self._done(deed, session, form, back, **request.path_params)

        return answer

    async def send(self, request: Request) -> Response:
        """A roster's sheet. It never touches the disk before it is sealed."""
        session = self._session(request)
        if session is None:
            return await self.door(request)
        parser = MultiPartParser(request.headers, _bounded(request.stream()), max_files=1, max_fields=2)
        parser.spool_max_size = 2 * UPLOAD_BYTES_MAX
        try:
            sent = await parser.parse()
        except (MultiPartException, KeyError, ValueError):
            session.tell("没有收到文件，请重新选择", is_wrong=True)
            return _to(f"{HOME}/people")
        sheet = sent.get("sheet")
        data = await sheet.read() if isinstance(sheet, UploadFile) else b""
        await sent.close()
        if not session.is_own_form(str(sent.get("form_token", ""))):
            return _stale()
        if not data:
            session.tell("没有收到文件，请先选择花名册文件", is_wrong=True)
            return _to(f"{HOME}/people")
        response = await to_thread.run_sync(self.people.send, session, data, limiter=self._one)
        return response or _to(f"{HOME}/people")

    async def door(self, _request: Request) -> Response:
        is_set = await to_thread.run_sync(self._pin.is_set, limiter=self._one)
        return pin_page(status=403) if is_set else pin_page(NO_PIN, can_open=False, status=403)

    async def enter(self, request: Request) -> Response:
        """The PIN."""
        body = await body_of(request.receive)
        if body is None:
            return words_page("发来的内容过大，未予接收。", 413)
        digits = "".join(Form.of(body).text("pin").split())
        address, now_ms = address_of(request.scope), self._clock.mono_ms()
        wait_ms = max(self._by_address.wait_ms(address, now_ms), self._by_all.wait_ms(_ALL, now_ms))
        if wait_ms:
            return pin_page(f"输错的次数太多，请过 {-(-wait_ms // _SECOND_MS)} 秒再试", status=429)
        # Noted before the hash is made: as many as are sent at once do not all get their try.
        self._by_address.note_wrong(address, now_ms)
        self._by_all.note_wrong(_ALL, now_ms)
        if not await to_thread.run_sync(self._pin.holds, digits, limiter=self._one):
            return pin_page("密码不对", status=403)
        self._by_address.forget(address)
        self._by_all.forget(_ALL)
        session = self._sessions.begin(now_ms)
        response = _to(HOME)
        response.set_cookie(COOKIE, session.cookie, path=HOME, httponly=True, samesite="strict")
        return response

    def leave(self, session: Session, _form: Form) -> Response:
        self._sessions.end(session)
        response = pin_page("已经退出")
        response.delete_cookie(COOKIE, path=HOME, httponly=True, samesite="strict")
        return response

    async def _done(self, deed: Deed, session: Session, form: Form, back: str, **places: Any) -> Response:
        response = await to_thread.run_sync(lambda: deed(session, form, **places), limiter=self._one)
        return response or _to(back.format(**places))

    def _session(self, request: Request) -> Session | None:
        return self._sessions.of(request.cookies.get(COOKIE, ""), self._clock.mono_ms())


def operator_routes(parts: PageParts, deeds: OperatorDeeds, operator: Operator) -> list[Route]:
    """All below /operator."""
    the = _Pages(parts, deeds, operator)
    people, offline, groups = f"{HOME}/people", f"{HOME}/offline", f"{HOME}/groups"
    group = f"{groups}/{{group_id}}"
    shown = {
        HOME: the.shown(the.front.show),
        people: the.shown(the.people.show),
        f"{people}/template": the.shown(the.people.template),
        f"{people}/look": the.shown(the.people.look, people),
        f"{people}/{{member_id:int}}": the.shown(the.people.one, people),
        offline: the.shown(the.offline.show),
        f"{offline}/new": the.shown(the.offline.fresh),
        f"{offline}/{{offline_id:int}}": the.shown(the.offline.one, offline),
        groups: the.shown(the.groups.show),
        f"{groups}/{{group_id:int}}": the.shown(the.groups.one, groups),
        f"{groups}/{{group_id:int}}/{{member_id:int}}": the.shown(the.groups.person, group),
    }
    done = {
        f"{HOME}/leave": the.done(the.leave),
        f"{HOME}/export": the.done(the.front.export),
        f"{people}/take": the.done(the.people.take, people),
        f"{people}/{{member_id:int}}/file": the.done(the.people.hand_out, people),
        f"{people}/{{member_id:int}}/erase": the.done(the.people.erase, people),
        offline: the.done(the.offline.register, offline),
        f"{offline}/{{offline_id:int}}": the.done(the.offline.amend, offline),
        f"{offline}/{{offline_id:int}}/withdraw": the.done(the.offline.withdraw, offline),
        f"{groups}/{{group_id:int}}/forgot": the.done(the.groups.forgot, group),
        f"{groups}/{{group_id:int}}/plan": the.done(the.groups.plan, group),
        f"{groups}/{{group_id:int}}/{{member_id:int}}/absent": the.done(the.groups.absent, group),
        f"{groups}/{{group_id:int}}/{{member_id:int}}/times": the.done(the.groups.times, group),
    }
    return [
        Route(HOME, the.enter, methods=["POST"]),
        Route(f"{people}/send", the.send, methods=["POST"]),
        *(Route(path, deed) for path, deed in shown.items()),
        *(Route(path, deed, methods=["POST"]) for path, deed in done.items()),
    ]


async def _bounded(stream: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """Whatever length was declared. Raises MultiPartException."""
    taken = 0
    async for chunk in stream:
        taken += len(chunk)
        if taken > UPLOAD_BYTES_MAX:
            raise MultiPartException("too large")
        yield chunk


def _stale() -> Response:
    return words_page("这个表单已经失效，请返回再试一次。", 403)


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)
