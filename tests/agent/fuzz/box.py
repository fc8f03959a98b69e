"""A real box with a day's study behind it, as somebody with bad intentions reaches it."""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.clock import BootClock
from agent.data_folder import media_pass
from tests.agent.ports import free_port
from tests.agent.television import Play, report
from tests.agent.test_process import Running, running
from tests.fakes.fake_city import ACCOUNT, CODE, FakeCity, running_city

WATCHED_MS = 60_000
_PLAY = "day-before"
_HEARD_S = 15.0
_ARTICLES = "/v1/listings/page?listing=articles&order=newest&first=0&count=1"


@dataclass
class Box:
    """An agent process that knows the catalogue, and holds one session that was studied to its end."""

    agent: Running
    city: FakeCity
    studied: list[dict[str, Any]]

    @property
    def token(self) -> str:
        return (self.agent.folder / "token").read_text()

    @property
    def media_pass(self) -> str:
        return media_pass(self.token)

    @property
    def log(self) -> str:
        return (self.agent.folder / "agent.log").read_text()

    def says(self, sent: bytes) -> tuple[int, dict[str, Any]]:
        """The first answer to these very bytes."""
        with self.line() as line:
            line.sendall(sent)
            return heard(line)

    def line(self) -> socket.socket:
        """A connection on which nothing was said yet."""
        return socket.create_connection(("127.0.0.1", self.agent.port), timeout=_HEARD_S)

    def asked(self, *headers: str, target: str = "/v1/status", method: str = "GET") -> bytes:
        """A request with the token, after these headers; Host only if it is among them."""
        lines = [f"{method} {target} HTTP/1.1", *headers, f"Authorization: Bearer {self.token}"]
        return "\r\n".join([*lines, "Connection: close", "", ""]).encode("utf-8", "surrogateescape")

    def is_well(self) -> None:
        """It runs, takes a report from the television, and has what was studied before as it was."""
        assert self.agent.process.poll() is None, self.log
        play = Play(f"well-{BootClock().mono_ms()}", "5.1", 1_000)
        self.agent.call("POST", "/v1/reports", json=report(1, play, run_id=play.play_id)).raise_for_status()
        assert studied(self.agent) == self.studied
        assert "Traceback" not in self.log


@contextmanager
def box_in_use(folder: Path) -> Iterator[Box]:
    """Started, enrolled, stocked with a catalogue, and its one session recorded."""
    with running_city() as city:
        city.add_course("5")
        city.add_course("6", monthly="2026-11")
        city.add_channel("L1")
        # Its playlist is one from elsewhere as far as the agent can tell.
        elsewhere = {"channel_id": "L2", "number": 2, "playlist": city.url + city.channels[0]["playlist"]}
        city.channels.append(city.channels[0] | elsewhere)
        city.add_article("1", city.add_picture())
        with running(folder / "box", city.url, free_port()) as agent:
            agent.call("POST", "/v1/enrolment", json={"account": ACCOUNT, "code": CODE}).raise_for_status()
            agent.wait_for(lambda: agent.get("/v1/status")["catalogue"]["courses"] == 2)
            agent.wait_for(lambda: agent.get(_ARTICLES)["total"] == 1)
            # Opening an article makes downloads stand back for a while.
            agent.wait_for(lambda: agent.get("/v1/courses/5")["episodes"][0]["on_box"])
            agent.get("/v1/articles/1")
            clock = BootClock()
            play = Play(_PLAY, "6.1", clock.mono_ms() - WATCHED_MS)
            play.watch(WATCHED_MS)
            play.leave()
            agent.call("POST", "/v1/reports", json=report(1, play, boot=clock.boot)).raise_for_status()
            agent.wait_for(lambda: [s["state"] for s in studied(agent)] == ["delivered"])
            yield Box(agent, city, studied(agent))


def studied(agent: Running) -> list[dict[str, Any]]:
    """The sessions of the course that no test touches again."""
    return [
        s
        for s in agent.get("/v1/record")["sessions"]
        if s["title"] == "课程6" and s["played_ms"] == WATCHED_MS
    ]


def heard(line: socket.socket) -> tuple[int, dict[str, Any]]:
    """The next answer on a connection: its status with its JSON; 0 where the box just hung up."""
    told = bytearray()
    try:
        while not _is_whole(told) and (piece := line.recv(65_536)):
            told += piece
    except ConnectionError:
        pass
    if not told:
        return 0, {}
    head, _, body = bytes(told).partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body[: _length(head)])


def _is_whole(told: bytearray) -> bool:
    head, end, body = bytes(told).partition(b"\r\n\r\n")
    return bool(end) and len(body) >= _length(head)


def _length(head: bytes) -> int:
    found = re.search(rb"content-length: ([0-9]+)", head)
    assert found is not None, head
    return int(found[1])
