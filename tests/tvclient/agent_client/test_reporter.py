"""The reporter's thread against an agent that comes and goes."""

import threading
from dataclasses import replace

import pytest

from study.local_api import ReportReply, ReportRequest
from study.rules import Kind
from study.units import BootId, ItemId, Milliseconds, MonotonicMs, PlayId
from study.watch import WatchInterval
from tests.tvclient.agent_client.agent_ledger import AgentLedger
from tvclient.agent_client.play_state import PlayState, Standing
from tvclient.agent_client.report_book import ReportBook
from tvclient.agent_client.reporter import Reporter
from tvclient.errors import AgentAway, AgentRefused, TvError

BOOT = BootId("boot")
WAIT_S = 5.0
PLAY = PlayState(PlayId("a"), ItemId("5.1"), Kind.VOD, MonotonicMs(0))


def _watched(end_ms: int) -> PlayState:
    interval = WatchInterval(BOOT, MonotonicMs(0), MonotonicMs(end_ms), Milliseconds(0), Milliseconds(end_ms))
    return replace(PLAY, intervals=(interval,))


class _Road:
    """To an AgentLedger, or to nowhere."""

    def __init__(self) -> None:
        self.agent = AgentLedger()
        self.error: TvError | None = None
        self.sent: list[ReportRequest] = []
        self.arrived = threading.Event()

    def send(self, body: ReportRequest) -> ReportReply:
        self.sent.append(body)
        if self.error is not None:
            raise self.error
        reply = self.agent.take(body)
        self.arrived.set()
        return reply


def _reporter(road: _Road) -> Reporter:
    return Reporter(ReportBook("0" * 16, "tv-1", BOOT), road.send, lambda: MonotonicMs(0))


def test_a_change_is_sent_at_once() -> None:
    road = _Road()
    reporter = _reporter(road)
    reporter.start()
    reporter.note(_watched(700), changed=True)
    assert road.arrived.wait(WAIT_S)
    reporter.stop()
    assert road.agent.played_ms("a") == 700


def test_leaving_the_program_sends_what_is_left() -> None:
    road = _Road()
    reporter = _reporter(road)
    reporter.start()
    reporter.note(replace(_watched(700), left_ms=MonotonicMs(700)), changed=False)
    reporter.stop()
    assert road.agent.left == {"a"}


def test_without_a_change_nothing_is_sent_before_its_time() -> None:
    road = _Road()
    reporter = _reporter(road)
    reporter.note(_watched(700), changed=False)
    assert road.sent == []


def test_an_agent_that_was_away_gets_everything() -> None:
    road = _Road()
    reporter = _reporter(road)
    told: list[TvError | None] = []
    reporter.listen(lambda standings, error: told.append(error))
    road.error = AgentAway("不在")
    for second in range(1, 721):
        reporter.note(_watched(second * 5_000), changed=False)
        assert not reporter.handle_one_report()
    road.error = None
    assert reporter.handle_one_report()
    assert road.agent.played_ms("a") == 3_600_000
    assert told[-1] is None
    assert all(isinstance(error, AgentAway) for error in told[:-1])


def test_the_screen_hears_where_the_session_stands() -> None:
    road = _Road()
    reporter = _reporter(road)
    heard: list[Standing] = []
    reporter.listen(lambda standings, error: heard.extend(standings))
    reporter.note(_watched(700), changed=False)
    reporter.handle_one_report()
    assert [(s.play_id, s.counted) for s in heard] == [("a", True)]
    reporter.listen(None)
    reporter.handle_one_report()
    assert len(heard) == 1


def test_a_refused_report_is_not_repeated_at_once(caplog: pytest.LogCaptureFixture) -> None:
    road = _Road()
    reporter = _reporter(road)
    road.error = AgentRefused("bad", "不收")
    reporter.note(_watched(700), changed=False)
    assert not reporter.handle_one_report()
    assert reporter.handle_one_report()
    assert len(road.sent) == 1
    assert "不收" in caplog.text


def test_a_defect_in_one_report_does_not_end_reporting(caplog: pytest.LogCaptureFixture) -> None:
    road = _Road()
    reporter = _reporter(road)
    failed = threading.Event()

    def break_once(standings: tuple[Standing, ...], error: TvError | None) -> None:
        reporter.listen(None)
        failed.set()
        raise ZeroDivisionError

    reporter.listen(break_once)
    reporter.start()
    reporter.note(_watched(700), changed=True)
    assert failed.wait(WAIT_S)
    reporter.note(replace(_watched(900), left_ms=MonotonicMs(900)), changed=True)
    reporter.stop()
    assert road.agent.played_ms("a") == 900


def test_whoever_reads_after_a_change_waits_for_its_report() -> None:
    road = _Road()
    reporter = _reporter(road)
    reporter.note(_watched(700), changed=True)
    reporter.start()
    reporter.wait_until_told()
    assert road.agent.played_ms("a") == 700
    reporter.stop()


def test_nobody_waits_when_nothing_is_owed() -> None:
    reporter = _reporter(_Road())
    reporter.wait_until_told()
