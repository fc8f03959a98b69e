"""Pages as HTML, with the headers that go with each of them."""

import base64
import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from agent.page.own_standing import OwnEntry, OwnStanding
from agent.page.visits import Visit
from study.remote_api import TEXT_MAX

TITLE = "集体学习签到"
HELP = "不会用？请到电视前，找负责签到的同志帮忙。"
SCAN_AGAIN = "请重新扫描电视上的二维码。"

_TEMPLATES = Environment(
    loader=PackageLoader("agent.page"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_STYLE = Markup(_TEMPLATES.get_template("style.css").render())  # noqa: S704  a file of this package
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "no-store",
        # Browsers of before CSP 2, which know no hashes, take 'unsafe-inline'; all others ignore it.
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}' 'unsafe-inline';"
            " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)


def words_page(words: str, status: int, *, has_way_back: bool = False) -> HTMLResponse:
    """One sentence, and whom to ask."""
    return page("words.html", {"words": words, "has_way_back": has_way_back}, status)


def check_in_page(visit: Visit, standing: OwnStanding) -> HTMLResponse:
    """The forms."""
    return page("check_in.html", {**_head(visit, standing), "has_way_back": bool(standing.people)})


def standing_page(visit: Visit, standing: OwnStanding, *, may_bring: bool, may_remote: bool) -> HTMLResponse:
    """The people on this phone."""
    shown = {
        "people": standing.people,
        "is_open": standing.is_open,
        "may_bring": may_bring and standing.is_open,
        "may_remote": may_remote,
    }
    return page("standing.html", {**_head(visit, standing), **shown})


def leave_page(visit: Visit, standing: OwnStanding, one: OwnEntry) -> HTMLResponse:
    """Whether somebody really wants to go."""
    return page("leave.html", {**_head(visit, standing), "one": one})


def remote_page(visit: Visit, standing: OwnStanding) -> HTMLResponse:
    """Keys, and a text for the television."""
    return page("remote.html", {**_head(visit, standing), "title": "手机遥控", "text_max": TEXT_MAX})


def _head(visit: Visit, standing: OwnStanding) -> dict[str, object]:
    said, is_wrong = visit.told()
    return {"form_token": visit.form_token, "subject": standing.words, "said": said, "is_wrong": is_wrong}


def page(template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """Any page of this folder's templates."""
    shown = {"title": TITLE, "help": HELP, "style": _STYLE, "subject": "", "said": "", "is_wrong": False}
    return HTMLResponse(_TEMPLATES.get_template(template).render({**shown, **values}), status)
