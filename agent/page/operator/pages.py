"""The operator's pages as HTML."""

from collections.abc import Mapping

from starlette.responses import HTMLResponse

from agent.page.operator.sessions import Session
from agent.page.pages import page

TITLE = "站点管理"
HELP = "用完请退出。半小时不用会自动退出。"


def operator_page(template: str, session: Session, **values: object) -> HTMLResponse:
    """One page of somebody who has typed the PIN."""
    said, is_wrong = session.told()
    told = {"form_token": session.form_token, "said": said, "is_wrong": is_wrong, "is_in": True}
    return _page(template, {**told, **values})


def pin_page(said: str = "", *, can_open: bool = True, status: int = 200) -> HTMLResponse:
    """The door."""
    values = {"said": said, "is_wrong": bool(said), "can_open": can_open, "is_in": False}
    return _page("pin", values, status)


def _page(template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
    return page(f"operator/{template}.html", {"title": TITLE, "help": HELP, **values}, status)
