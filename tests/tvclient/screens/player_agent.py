"""An agent on a real socket that knows one course of two episodes, a channel and a month."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from study.watch import WatchInterval
from tests.fakes.fake_group import FakeGroup
from tests.tvclient.agent_client.agent_ledger import AgentLedger
from tests.tvclient.agent_client.local_agent import Asked, LocalAgent, as_json

CLIP_MS = 60_000


def source(path: Path, length_ms: int | None = CLIP_MS, **more: Any) -> dict[str, Any]:
    """What is told of the episode that lies at `path`."""
    told = {"url": str(path), "kind": "vod", "title": "政务礼仪", "episode_title": ""}
    return told | {"length_ms": length_ms, "on_box": True, "resume_ms": 0} | more


class PlayerAgent:
    """`sources` are by item id, `course` and `record` what those calls give; `reports` what came in;
    `sheets` of thumbnails, by path, are sent once they may go; `with` starts and stops it."""

    def __init__(
        self, sources: Mapping[str, Any], course: Any = None, record: Any = None, waiting: int = 0
    ) -> None:
        self.sources = dict(sources)
        self.course = course
        self.record = record
        self.home: dict[str, Any] = {"rows": []}
        self.waiting = waiting
        self.sheets: dict[str, bytes] = {}
        self.sheets_may_go = threading.Event()
        self.sheets_may_go.set()
        self.away = False
        self.group: FakeGroup = FakeGroup(dict)
        self.ledger = AgentLedger(earlier_ms=0)
        self.reports: list[Any] = []
        self.server = LocalAgent(self._answer)

    def __enter__(self) -> "PlayerAgent":
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def intervals(self, place: int = 0) -> list[WatchInterval]:
        """Of one play, in order of the plays."""
        play = list(self.ledger.intervals.values())[place]
        return [play[n] for n in sorted(play)]

    def token_file(self, folder: Path) -> Path:
        file = folder / "token"
        file.write_text("right")
        return file

    def _answer(self, asked: Asked) -> tuple[int, bytes]:
        path = urlsplit(asked.path).path
        if path == "/v1/reports":
            return self._report(asked)
        if path == "/v1/status":
            return as_json(200, self._status())
        if path == "/v1/group" and asked.method == "GET":
            return as_json(200, self.group.get())
        if asked.method == "POST" and (told := self.group.post(path, asked.body)) is not None:
            return as_json(*told)
        if path == "/v1/home":
            return as_json(200, self.home)
        if path == "/v1/channels":
            return as_json(200, {"channels": self._channels()})
        if path == "/v1/record" and self.record is not None:
            month = parse_qs(urlsplit(asked.path).query)["month"][0]
            return as_json(200, self.record | {"month": month})
        if path in self.sheets:
            self.sheets_may_go.wait(10)
            return 200, self.sheets[path]
        if path.startswith("/v1/courses/") and self.course is not None:
            return as_json(200, self.course)
        item_id = path.removeprefix("/v1/items/").removesuffix("/source")
        if item_id in self.sources:
            return as_json(200, {"file": None, "subtitles": [], "thumbnails": None} | self.sources[item_id])
        return as_json(404, {"code": "unknown", "words": "没有找到这一集。请返回选别的课程。"})

    def _channels(self) -> list[dict[str, Any]]:
        """Those of the home screen."""
        tiles = [tile for row in self.home["rows"] for tile in row["tiles"] if tile["kind"] == "live"]
        return [
            {"channel_id": tile["id"].removeprefix("live:"), "number": tile["number"], "title": tile["title"]}
            for tile in tiles
        ]

    def _report(self, asked: Asked) -> tuple[int, bytes]:
        if self.away:
            return 503, b""
        self.reports.append(asked.body)
        return as_json(200, self.ledger.take(asked.body))

    def _status(self) -> dict[str, Any]:
        return {
            "version": "1.0",
            "enrolled": True,
            "station": {
                "number": "110115001",
                "name": "黄村镇埝坛村",
                "district": "大兴区",
                "type": "village",
            },
            "online": self.waiting == 0,
            "waiting": self.waiting,
            "refused": 0,
            "sending": None,
            "month": {"month": "2026-11", "effective_ms": 95_400_000, "unplaced_ms": 0},
            "catalogue": {"revision": 1, "courses": 1},
            "clock": {"utc": "2026-11-21T11:32:00+00:00", "source": "platform"},
            "disk_full": False,
            "storage": {"total_bytes": 256 * 10**9, "free_bytes": 70 * 10**9, "courses_bytes": 120 * 10**9},
            "stick": None,
            "warnings": [],
        }
