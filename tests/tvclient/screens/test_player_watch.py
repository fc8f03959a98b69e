"""The play that is going on, with a player on a clock that the test turns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from study.local_api import ReportReply, ReportRequest
from study.presence import PresenceStep
from study.rules import Kind
from study.units import BootId, ItemId, Milliseconds, MonotonicMs
from tests.fakes.fake_player import FakeMedia, FakePlayer
from tests.tvclient.agent_client.agent_ledger import AgentLedger
from tvclient.agent_client.kept_report import KeptReports
from tvclient.agent_client.report_book import ReportBook
from tvclient.agent_client.reporter import Reporter
from tvclient.playback.player_event import PlayerEvent
from tvclient.screens.player_item import PlayerItem
from tvclient.screens.player_watch import PlayerWatch
from tvclient.state.bar_state import Earlier, Item
from tvclient.state.play import FIRST_LATE_MS

URL = "http://127.0.0.1/media"
LENGTH_MS = 60_000
WHAT = PlayerItem(
    item_id=ItemId("5.1"),
    item=Item(Kind.VOD, "政务礼仪", "", Milliseconds(LENGTH_MS)),
    url=URL,
    resume_ms=Milliseconds(0),
    on_box=True,
    earlier=Earlier(Milliseconds(0)),
    before=None,
    after=None,
)


@dataclass
class _Box:
    """Player, watch and reporter on one clock; nothing runs by itself."""

    ask_after_ms: int = 3_600_000
    agent: AgentLedger = field(default_factory=lambda: AgentLedger(earlier_ms=0))
    sent: list[ReportRequest] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.events: list[PlayerEvent] = []
        self.player = FakePlayer(self.events.append, {URL: FakeMedia(LENGTH_MS)})
        self.boot = BootId("boot")
        kept = KeptReports(Path("nothing-is-kept"), "0" * 16)
        self.reporter = Reporter(ReportBook("0" * 16, "tv-1", self.boot), kept, self._take, self.now)
        opening = self.player.open(URL, Milliseconds(0), live=False)
        self.watch = PlayerWatch(WHAT, opening, self, self.now)  # type: ignore[arg-type]
        self.pump()

    def now(self) -> MonotonicMs:
        return MonotonicMs(self.player.now_ms)

    def pump(self) -> None:
        while self.events:
            self.watch.takes(self.events.pop(0))

    def play(self, span_ms: int) -> list[PresenceStep]:
        """Lets time go by, with the watch's second in each."""
        steps = []
        for _second in range(span_ms // 1000):
            self.player.advance(1000)
            self.pump()
            steps.append(self.watch.handle_one_second(playing=True))
        return [step for step in steps if step is not PresenceStep.NOTHING]

    def told_ms(self) -> int:
        self.reporter.handle_one_report()
        return self.agent.played_ms(self.sent[-1]["plays"][0]["play_id"])

    def _take(self, body: ReportRequest) -> ReportReply:
        self.sent.append(body)
        return self.agent.take(body)


def test_what_was_played_is_what_is_told() -> None:
    box = _Box()
    box.play(5_000)
    assert box.told_ms() == 5_000 - FIRST_LATE_MS
    box.player.pause()
    box.play(4_000)
    assert box.told_ms() == 5_000 - FIRST_LATE_MS


def test_the_opening_and_the_leaving_are_told() -> None:
    box = _Box()
    box.reporter.handle_one_report()
    assert box.sent[0]["plays"][0]["left_ms"] is None
    box.watch.leave()
    box.reporter.handle_one_report()
    assert box.sent[1]["plays"][0]["left_ms"] == box.now()
    box.watch.leave()
    box.reporter.handle_one_report()
    assert len(box.sent) == 2


def test_events_of_another_opening_or_after_leaving_are_not_taken() -> None:
    box = _Box()
    box.player.open(URL, Milliseconds(0), live=False)
    assert [box.watch.takes(event) for event in box.events] == [False] * len(box.events)
    box = _Box()
    box.watch.leave()
    box.player.advance(1000)
    assert not any(box.watch.takes(event) for event in box.events)


def test_an_hour_without_a_key_asks_once_then_pauses_after_two_minutes() -> None:
    box = _Box(ask_after_ms=5_000)
    assert box.play(5_000) == [PresenceStep.ASK]
    assert box.play(10_000) == []
    assert box.told_ms() == 5_000 - FIRST_LATE_MS
    box.watch.sign_of_life()
    assert box.told_ms() == 15_000 - FIRST_LATE_MS


def test_an_empty_chair_counts_nothing_after_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("study.presence.ANSWER_WITHIN_MS", 10_000)
    box = _Box(ask_after_ms=5_000)
    assert box.play(15_000) == [PresenceStep.ASK, PresenceStep.PAUSE]
    box.player.pause()
    box.play(3_000)
    assert box.told_ms() == 5_000 - FIRST_LATE_MS
    box.watch.sign_of_life()
    box.player.resume()
    box.play(2_000)
    assert box.told_ms() == 7_000 - FIRST_LATE_MS


def test_a_key_in_time_starts_the_hour_again() -> None:
    box = _Box(ask_after_ms=5_000)
    for _n in range(3):
        assert box.play(4_000) == []
        box.watch.sign_of_life()


def test_the_agents_answer_reaches_the_bar() -> None:
    box = _Box()
    box.agent.earlier_ms = 20_000
    heard: list[Callable[[], None]] = []
    box.reporter.listen(lambda standings, error: heard.append(lambda: box.watch.learn(standings)))
    box.play(3_000)
    box.reporter.handle_one_report()
    heard[0]()
    assert box.watch.bar().effective == "00:22"
    assert box.watch.bar().counted
