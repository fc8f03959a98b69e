"""A television without a picture: the real recorder, report book, kept reports and reporter in a process.

Its player is a playhead that moves with the clock; what it truly watched, and what the recorder made of
it, stands in a file of its own before anybody is told, and that a play's end was handed over stands there
once the agent or the kept reports have it, so that a SIGKILL can be measured.
"""

import json
import os
import random
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from agent.clock import BootClock
from study.local_api import ReportReply, ReportRequest
from study.rules import Kind
from study.units import ItemId, Milliseconds, MonotonicMs, PlayId
from study.watch import played_ms
from tests.torture.town import ITEMS
from tvclient.agent_client.client import AgentClient
from tvclient.agent_client.kept_report import KeptReports
from tvclient.agent_client.report_book import ReportBook
from tvclient.agent_client.reporter import Reporter
from tvclient.playback.player_event import Opened, Opening, Paused, Playing, Position
from tvclient.state.bar_state import Earlier, Item
from tvclient.state.play import Play

LENGTH_MS = Milliseconds(20_000)
TICK_S = 0.2
KEPT = "kept"


@dataclass
class Truth:
    """The file that tells what was watched, one line a change."""

    file: int

    def tell(self, play: Play, watched_ms: int) -> None:
        line = {
            "play": play.play_id,
            "watched": watched_ms,
            "recorded": played_ms(play.intervals()),
        }
        self._write(line)

    def hand_over(self, body: ReportRequest) -> None:
        """The body is at the agent or on the disk: no kill may take what it says was left."""
        for play in body["plays"]:
            if play["left_ms"] is not None:
                self._write({"handed": play["play_id"]})

    def _write(self, line: dict[str, object]) -> None:
        os.write(self.file, json.dumps(line).encode() + b"\n")


class TruthfulReports(KeptReports):
    """Tells the truth of what was kept."""

    def __init__(self, folder: Path, run_id: str, truth: Truth) -> None:
        super().__init__(folder, run_id)
        self._truth = truth

    def keep(self, body: ReportRequest) -> None:
        super().keep(body)
        self._truth.hand_over(body)


class Watching:
    """One opening of the player, from the first picture to leaving."""

    def __init__(self, reporter: Reporter, truth: Truth, clock: BootClock, chance: random.Random) -> None:
        self._reporter, self._truth, self._clock, self._chance = reporter, truth, clock, chance
        item = Item(Kind.VOD, "课程", "第一集", LENGTH_MS)
        name = ItemId(chance.choice(ITEMS))
        new, nothing = PlayId(token_hex(8)), Earlier(Milliseconds(0))
        self._play = Play(new, name, item, clock.mono_ms(), clock.boot, nothing)
        self._media_ms = 0
        self._watched_ms = 0
        self._moving_since_ms: int | None = None
        self._tell(changed=True)
        self._play.feed(Opened(Opening(1), clock.mono_ms(), LENGTH_MS))

    def handle_one_tick(self) -> bool:
        """Whether it goes on."""
        now_ms = self._clock.mono_ms()
        draw = self._chance.random()
        if self._moving_since_ms is None:
            self._moving_since_ms = now_ms
            self._play.feed(Playing(Opening(1), now_ms, Milliseconds(self._media_ms), 1.0))
            self._tell(changed=True)
            return True
        self._move(now_ms)
        if draw < 0.03 or self._media_ms > LENGTH_MS - 1_000:
            self.leave()
            return False
        if draw < 0.06:
            self._play.feed(Paused(Opening(1), now_ms, Milliseconds(self._media_ms)))
            self._moving_since_ms = None
            self._tell(changed=True)
        else:
            self._play.feed(Position(Opening(1), now_ms, Milliseconds(self._media_ms)))
            self._tell(changed=False)
        return True

    def leave(self) -> None:
        now_ms = self._clock.mono_ms()
        if self._moving_since_ms is not None:
            self._move(now_ms)
        self._play.leave(now_ms)
        self._tell(changed=True)

    def _move(self, now_ms: MonotonicMs) -> None:
        moved_ms = now_ms - (self._moving_since_ms or now_ms)
        self._media_ms += moved_ms
        self._watched_ms += moved_ms
        self._moving_since_ms = now_ms

    def _tell(self, *, changed: bool) -> None:
        self._truth.tell(self._play, self._watched_ms)
        self._reporter.note(self._play.state(), changed)


def main(url: str, token: str, folder: str, truth: str, seed: str) -> None:
    """Watch until asked to end; with the seed KEPT it sends only what earlier runs could not."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    clock, run_id = BootClock(), token_hex(8)
    agent, told = AgentClient(url, Path(token)), Truth(os.open(truth, os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    kept = TruthfulReports(Path(folder) / "unsent", run_id, told)

    def send(body: ReportRequest) -> ReportReply:
        reply = agent.report(body)
        told.hand_over(body)
        return reply

    reporter = Reporter(ReportBook(run_id, "tv-1", clock.boot), kept, send, clock.mono_ms)
    if seed == KEPT:
        while kept.earlier() is not None and not ending.wait(TICK_S):
            reporter.handle_one_report()
        return
    reporter.start()
    _watch(reporter, told, clock, random.Random(seed), ending)
    reporter.stop()


def _watch(
    reporter: Reporter, truth: Truth, clock: BootClock, chance: random.Random, ending: threading.Event
) -> None:
    watching: Watching | None = None
    while not ending.wait(TICK_S):
        if watching is None:
            watching = Watching(reporter, truth, clock, chance)
        elif not watching.handle_one_tick():
            watching = None
    if watching is not None:
        watching.leave()


if __name__ == "__main__":
    main(*sys.argv[1:])
