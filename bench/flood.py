"""One phone sends the page for phones as much as it can, while five others come in."""

import argparse
import os
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.box import Box
from bench.flooding import STARTS_S, Flood, Sent, flooding
from bench.phones import ANSWER_S_MAX, card_of
from bench.result import Target, write_result
from demo.browser import Browser
from demo.house import free_port
from study.group_api import GROUP

FLOODS = (
    Flood("one request a connection", pipelined=1, at_once=192),
    Flood("twenty at once", pipelined=20, at_once=192),
    Flood("a crowd of connections", pipelined=1, at_once=2_000),
)
PHONES, SECONDS, QUIET_S = 5, 10.0, 4.0
LOOK_EVERY_S, ASK_EVERY_S = 0.3, 0.2
PER_S_MIN = 10_000
TV = {"terminal": "tv-1"}
NOBODY = "http://127.0.0.1:9"


@dataclass
class Room:
    """What five phones and the television saw."""

    port: int
    page: str
    """Path of the code."""
    answers_s: list[float] = field(default_factory=list)
    television_s: list[float] = field(default_factory=list)
    came_s: list[float] = field(default_factory=list)
    """From the scanned code to “签到成功”."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fill(self, box: Box, first: int, seconds: float) -> None:
        """Phones come one after the other and look at their page, each time by a connection of its own."""
        until_s = time.monotonic() + seconds
        with ThreadPoolExecutor(PHONES) as phones:
            coming = [
                phones.submit(self._come, first + n, n * seconds / 2 / PHONES, until_s) for n in range(PHONES)
            ]
            while time.monotonic() < until_s:
                began = time.monotonic()
                box.ask(f"{GROUP}?terminal=tv-1")
                self.television_s.append(time.monotonic() - began)
                time.sleep(ASK_EVERY_S)
        for one in coming:
            one.result()

    def _come(self, number: int, after_s: float, until_s: float) -> None:
        time.sleep(after_s)
        phone = Browser(f"http://127.0.0.1:{self.port}", f"127.0.4.{number + 1}")
        began = time.monotonic()
        self._timed(phone, partial(phone.open, self.page))
        said = self._timed(phone, partial(phone.send, "/check-in", {"card": card_of(number)}))
        if "签到成功" in str(said):
            with self._lock:
                self.came_s.append(time.monotonic() - began)
        while time.monotonic() < until_s:
            time.sleep(LOOK_EVERY_S)
            self._timed(phone, partial(phone.open, "/"))

    def _timed(self, phone: Browser, deed: "partial[Any]") -> Any:
        began = time.monotonic()
        told = deed()
        phone.hang_up()
        with self._lock:
            self.answers_s.append(time.monotonic() - began)
        return told


@dataclass(frozen=True, slots=True)
class Measured:
    """One stretch of time; without a flood nothing was sent."""

    name: str
    room: Room
    sent: tuple[Sent, ...] = ()

    @property
    def per_s(self) -> float:
        return sum(one.tried for one in self.sent) / (SECONDS + STARTS_S)

    @property
    def p95_s(self) -> float:
        return quantiles(self.room.answers_s, n=20)[-1]

    def as_json(self) -> dict[str, Any]:
        room = self.room
        return {
            "name": self.name,
            "requests_per_s": round(self.per_s),
            "taken_per_s": round(sum(one.requests for one in self.sent) / (SECONDS + STARTS_S)),
            "connections_per_s": round(sum(one.connections for one in self.sent) / (SECONDS + STARTS_S)),
            "answered_bytes": sum(one.answered_bytes for one in self.sent),
            "came": len(room.came_s),
            "came_s_longest": round(max(room.came_s, default=0.0), 4),
            "answers": len(room.answers_s),
            "answers_s": _spread(room.answers_s),
            "television_s": _spread(room.television_s),
        }


def _spread(times_s: list[float]) -> dict[str, float]:
    told = {"median": median(times_s), "p95": quantiles(times_s, n=20)[-1], "longest": max(times_s)}
    return {name: round(value, 4) for name, value in told.items()}


def targets_of(flooded: list[Measured]) -> list[Target]:
    """The slowest flood must still be one; of the others the worst is told."""
    return [
        Target("requests_per_s", min(one.per_s for one in flooded), PER_S_MIN, "more"),
        Target("phones_kept_out", max(PHONES - len(one.room.came_s) for one in flooded), 0, "less"),
        Target("phones_p95_s", max(one.p95_s for one in flooded), ANSWER_S_MAX, "less"),
    ]


def run(folder: Path) -> tuple[Measured, list[Measured]]:
    port, number = free_port(), 0
    folder.mkdir()
    (folder / "settings.toml").write_text(f"page_port = {port}\n", encoding="utf-8")
    box = Box(folder, NOBODY)
    box.start()
    try:
        page = box.tell(GROUP, {**TV, "kind": "free", "theme": "", "agenda": []})["group"]["page"]
        if page is None:
            raise RuntimeError("this machine is in no network, so the box has no page for phones")
        path = "/" + page.rpartition("/")[2]
        quiet = Measured("nobody floods", Room(port, path))
        quiet.room.fill(box, number, QUIET_S)
        flooded = []
        for flood in FLOODS:
            number += PHONES
            room = Room(port, path)
            with flooding(port, flood, SECONDS) as sent:
                room.fill(box, number, SECONDS)
            flooded.append(Measured(flood.name, room, tuple(sent)))
    finally:
        box.stop()
    return quiet, flooded


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    load_before = os.getloadavg()
    with tempfile.TemporaryDirectory() as folder:
        quiet, flooded = run(Path(folder) / "box")
    for one in (quiet, *flooded):
        print(one.as_json(), flush=True)
    raw = {
        "measured": (
            f"{PHONES} phones, each at an address of its own, check in and look at their page every "
            f"{LOOK_EVERY_S} s by connections of their own, for {SECONDS:g} s beside each flood from one "
            "other address, which tries another connection where one is not taken within 10 ms; taken are "
            "requests that were written to a connection which the box's kernel had taken; generator, phones "
            "and box share one machine"
        ),
        "quiet": quiet.as_json(),
        "floods": [one.as_json() for one in flooded],
        "ratios_of_p95": {one.name: round(one.p95_s / quiet.p95_s, 2) for one in flooded},
    }
    write_result("flood", 1, load_before, targets_of(flooded), raw)


if __name__ == "__main__":
    main()
