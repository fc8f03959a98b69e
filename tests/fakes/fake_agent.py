"""An agent for trying screens: answers the local API from data in memory, over a real socket."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from study import group_api, guide_api, listing_api, local_api, operator_api, search_api
from study.article_api import ARTICLES, ArticleReply
from study.listing_api import ListingsReply, PageReply
from study.local_api import (
    CourseReply,
    EpisodeReply,
    HomeReply,
    RecordReply,
    Row,
    SourceReply,
    StatusReply,
    Tile,
)
from study.search_api import SearchReply, SearchResult
from tests.fakes.fake_group import FakeGroup
from tests.fakes.fake_guide import FakeGuide

TOKEN = "0123456789abcdef"  # noqa: S105 – of this fake only
MINUTE_MS = 60_000
OK, UNAUTHORIZED, FORBIDDEN, NOT_FOUND = 200, 401, 403, 404
STATION = {"number": "1101150047", "name": "大兴区黄村镇埝坛村", "district": "大兴", "type": "village"}
RIGHT_CODE = "820641000000"


def status(**other: Any) -> StatusReply:
    """An enrolled station that is synchronised."""
    found: dict[str, Any] = {
        "version": "1.0",
        "enrolled": True,
        "station": {
            "number": "1101150047",
            "name": "大兴区黄村镇埝坛村",
            "district": "大兴",
            "type": "village",
        },
        "online": True,
        "waiting": 0,
        "refused": 0,
        "sending": None,
        "month": {"month": "2026-11", "effective_ms": 95_400_000, "unplaced_ms": 0},
        "catalogue": {"revision": 3, "courses": 40},
        "clock": {"utc": "2026-11-21T11:32:00Z", "source": "network"},
        "disk_full": False,
        "storage": {"total_bytes": 256 * 10**9, "free_bytes": 70 * 10**9, "courses_bytes": 120 * 10**9},
        "stick": None,
        "warnings": [],
    }
    return found | other  # type: ignore[return-value]


def tile(number: int, title: str, category: str = "实用技术", minutes: int = 28, **other: Any) -> Tile:
    """A course that has not been begun."""
    found: dict[str, Any] = {
        "id": f"course:{number}",
        "number": None,
        "kind": "vod",
        "title": title,
        "category": category,
        "producer": "全国远程办",
        "length_ms": minutes * MINUTE_MS,
        "episodes": 1,
        "episode": None,
        "position_ms": 0,
        "covered_ms": 0,
        "done": False,
        "on_box": True,
        "cover": f"/v1/covers/{number}",
        "published_on": None,
    }
    return found | other  # type: ignore[return-value]


def article_tile(number: int, title: str, category: str = "实用技术", **other: Any) -> Tile:
    """An article that was not read yet."""
    named = {"id": f"article:{number}", "kind": "article", "cover": None, "published_on": "2026-11-03"}
    return tile(number, title, category, 0, **{**named, "episodes": 0, "on_box": False, **other})


def channel(number: int, title: str) -> Tile:
    """A live channel without a picture."""
    found = tile(
        number, title, "", 0, id=f"live:L{number}", kind="live", cover=None, producer="大兴区融媒体中心"
    )
    found["number"] = number
    return found


def row(row_id: str, title: str, *tiles: Tile, **other: Any) -> Row:
    """A row without a tally."""
    return {"id": row_id, "title": title, "done": None, "total": None, "tiles": list(tiles)} | other  # type: ignore[return-value]


def episode(course: int, number: int, title: str, length_ms: int, **other: Any) -> EpisodeReply:
    """An episode that has not been begun."""
    found: dict[str, Any] = {
        "item_id": f"{course}.{number}",
        "number": number,
        "title": title,
        "length_ms": length_ms,
        "position_ms": 0,
        "played_ms": 0,
        "effective_ms": 0,
        "counted": False,
        "done": False,
        "covered": [],
        "on_box": True,
    }
    return found | other  # type: ignore[return-value]


def course(number: int, title: str, *episodes: EpisodeReply, **other: Any) -> CourseReply:
    """A course with its episodes; the length is theirs."""
    found: dict[str, Any] = {
        "id": str(number),
        "title": title,
        "producer": "全国远程办",
        "category": "实用技术",
        "length_ms": sum(e["length_ms"] for e in episodes),
        "cover": f"/v1/covers/{number}",
        "episodes": list(episodes),
    }
    return found | other  # type: ignore[return-value]


class FakeAgent:
    """Change its fields at any time; every request is answered from what they are then."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.status = status()
        self.pins: list[str] = []
        """Told for the operator's page."""
        self.home: HomeReply = {"rows": []}
        self.courses: dict[str, CourseReply] = {}
        self.group = FakeGroup(lambda: self.courses)
        self.covers: dict[str, bytes] = {}
        self.listed: dict[str, list[Tile]] = {}
        """By listing, "category:实用技术", newest first; other orders are the same."""
        self.listing_version = "1"
        self.enrolments: list[dict[str, str]] = []
        self.found: dict[str, list[SearchResult]] = {}
        """By what was typed; anything else finds nothing."""
        self.is_index_ready = True
        self.recent: list[str] = []
        self.hot: list[str] = []
        self.guide = FakeGuide()
        self.articles: dict[str, ArticleReply] = {}
        """By number."""
        self.sources: dict[str, SourceReply] = {}
        """By item."""
        self.record: RecordReply | None = None
        self.reports: list[dict[str, Any]] = []
        self.down = False

    def get(self, path: str, asked: dict[str, str]) -> tuple[int, Any]:
        """Status code and body for a GET."""
        last = path.rsplit("/", 1)[-1]
        if (told := self.guide.answer(path, asked)) is not None:
            return OK, told
        if path == group_api.GROUP:
            return OK, self.group.get()
        if path == group_api.GROUP_CHOICES:
            return OK, self.group.choices
        if path == group_api.GROUP_ENDED:
            return OK, {"groups": self.group.ended}
        if path == listing_api.LISTINGS:
            return OK, self._listings()
        if path == listing_api.LISTING_PAGE:
            return OK, self._page(asked)
        if path == local_api.STATUS:
            return OK, self.status
        if path == local_api.HOME:
            return OK, self.home
        if path == local_api.RECORD and self.record is not None:
            return OK, self.record
        item_id = unquote(path.removeprefix(f"{local_api.ITEMS}/").removesuffix("/source"))
        if item_id in self.sources:
            return OK, self.sources[item_id]
        if path == search_api.SEARCH:
            return OK, self.search(asked["typed"], int(asked["offset"]), int(asked["limit"]))
        if path == search_api.SEARCHES:
            return OK, {"recent": self.recent, "hot": self.hot}
        if path.startswith(ARTICLES) and last in self.articles:
            return OK, self.articles[last]
        if path.startswith(local_api.COURSES) and last in self.courses:
            return OK, self.courses[last]
        if path.startswith(local_api.COVERS) and last in self.covers:
            return OK, self.covers[last]
        return NOT_FOUND, {"code": "not_found", "words": "没有找到这门课，可能已经下架。请换一门课。"}

    def search(self, typed: str, offset: int, limit: int) -> SearchReply:
        """One page."""
        found = self.found.get(typed, []) if self.is_index_ready else []
        return {
            "typed": typed,
            "ready": self.is_index_ready,
            "total": len(found),
            "more": False,
            "results": found[offset : offset + limit],
        }

    def _listings(self) -> ListingsReply:
        return {
            "listings": [
                {"id": name, "title": name.rpartition(":")[2] if ":" in name else "", "count": len(tiles)}
                for name, tiles in self.listed.items()
            ]
        }

    def _page(self, asked: dict[str, str]) -> PageReply:
        tiles, first, count = self.listed.get(asked["listing"], []), int(asked["first"]), int(asked["count"])
        ids = [tile["id"] for tile in tiles]
        around = [place for place, name in enumerate(ids) if name.partition(":")[2] == asked.get("around")]
        if around:
            first = around[0] // count * count
        page = tiles[first : first + count]
        return {"version": self.listing_version, "total": len(tiles), "first": first, "tiles": page}

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Status code and body for a POST; one activation code is right."""
        if (told := self.group.post(path, body)) is not None:
            return told
        if path == search_api.SEARCHES:
            self.recent.insert(0, body["words"])
            return OK, {"recent": self.recent, "hot": self.hot}
        if path == local_api.REPORTS:
            self.reports.append(body)
            return OK, {"accepted": body["report_seq"], "plays": []}
        if path == operator_api.OPERATOR_PIN:
            self.pins.append(body["digits"])
            return OK, {"is_kept": True}
        if path == guide_api.REMINDERS:
            return OK, self.guide.remind(body["item_id"])
        self.enrolments.append(body)
        if body.get("code") != RIGHT_CODE:
            return FORBIDDEN, {"code": "wrong_code", "words": "激活码不对。请对照登记单再填一次。"}
        self.status = status()
        return OK, self.status

    def delete(self, path: str) -> tuple[int, Any]:
        """Status code and body for a DELETE."""
        if path.startswith(guide_api.REMINDERS):
            return OK, self.guide.forget(unquote(path.rsplit("/", 1)[-1]))
        self.recent.clear()
        return OK, {"recent": [], "hot": self.hot}


def _handler(agent: FakeAgent) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            self._answer(*agent.get(urlsplit(self.path).path, asked))

        def do_DELETE(self) -> None:
            self._answer(*agent.delete(urlsplit(self.path).path))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(*agent.post(self.path, body))

        def _answer(self, code: int, body: Any) -> None:
            if agent.down:
                self.close_connection = True
                return
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                code, body = UNAUTHORIZED, {"code": "token", "words": "口令不对。"}
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextmanager
def running_agent() -> Iterator[FakeAgent]:
    """A fake agent on a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    agent = FakeAgent(server.server_address[1])
    server.RequestHandlerClass = _handler(agent)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield agent
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
