"""The reporter's thread against an agent that comes and goes."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from study.local_api import ReportReply, ReportRequest
from study.rules import Kind
from study.units import BootId, ItemId, Milliseconds, MonotonicMs, PlayId
from study.watch import WatchInterval
from tests.tvclient.agent_client.agent_ledger import AgentLedger
from tvclient.agent_client.kept_report import KeptReports
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "unsent"


def _reporter(road: _Road, folder: Path, run_id: str = "0" * 16) -> Reporter:
    kept = KeptReports(folder, run_id)
    return Reporter(ReportBook(run_id, "tv-1", BOOT), kept, road.send, lambda: MonotonicMs(0))


def test_a_change_is_sent_at_once(folder: Path) -> None:
    road = _Road()
    reporter = _reporter(road, folder)
    reporter.start()
    reporter.note(_watched(700), changed=True)
    assert road.arrived.wait(WAIT_S)
    reporter.stop()
    assert road.agent.played_ms("a") == 700


def test_leaving_the_program_sends_what_is_left(folder: Path) -> None:
    road = _Road()
    reporter = _reporter(road, folder)
    reporter.start()
    reporter.note(replace(_watched(700), left_ms=MonotonicMs(700)), changed=False)
    reporter.stop()
    assert road.agent.left == {"a"}


def test_without_a_change_nothing_is_sent_before_its_time(folder: Path) -> None:
    road = _Road()
    reporter = _reporter(road, folder)
    reporter.note(_watched(700), changed=False)
    assert road.sent == []


def test_an_agent_that_was_away_gets_everything(folder: Path) -> None:
    road = _Road()
    reporter = _reporter(road, folder)
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


def test_the_screen_hears_where_the_session_stands(folder: Path) -> None:
    road = _Road()
    reporter = _reporter(road, folder)
    heard: list[Standing] = []
    reporter.listen(lambda standings, error: heard.extend(standings))
    reporter.note(_watched(700), changed=False)
    reporter.handle_one_report()
    assert [(s.play_id, s.counted) for s in heard] == [("a", True)]
    reporter.listen(None)
    reporter.handle_one_report()
    assert len(heard) == 1


def test_a_refused_report_is_not_repeated_at_once(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    road = _Road()
    reporter = _reporter(road, folder)
    road.error = AgentRefused("bad", "不收")
    reporter.note(_watched(700), changed=False)
    assert not reporter.handle_one_report()
    assert reporter.handle_one_report()
    assert len(road.sent) == 1
    assert "不收" in caplog.text


def test_a_defect_in_one_report_does_not_end_reporting(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    road = _Road()
    reporter = _reporter(road, folder)
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


def test_whoever_reads_after_a_change_waits_for_its_report(folder: Path) -> None:
    road = _Road()
    reporter = _reporter(road, folder)
    reporter.note(_watched(700), changed=True)
    reporter.start()
    reporter.wait_until_told()
    assert road.agent.played_ms("a") == 700
    reporter.stop()


def test_nobody_waits_when_nothing_is_owed(folder: Path) -> None:
    reporter = _reporter(_Road(), folder)
    reporter.wait_until_told()


def test_what_an_agent_that_never_came_back_did_not_hear_is_told_by_the_next_run(folder: Path) -> None:
    road = _Road()
    road.error = AgentAway("不在")
    reporter = _reporter(road, folder)
    reporter.start()
    reporter.note(replace(_watched(700), left_ms=MonotonicMs(700)), changed=True)
    reporter.stop()
    road.error = None
    later = _reporter(road, folder, run_id="1" * 16)
    assert later.handle_one_report()
    assert road.agent.left == {"a"}
    assert list(folder.iterdir()) == []


def test_a_television_killed_while_the_agent_is_away_has_kept_its_last_report(folder: Path) -> None:
    road = _Road()
    road.error = AgentAway("不在")
    killed = _reporter(road, folder)
    killed.note(_watched(700), changed=False)
    assert not killed.handle_one_report()
    road.error = None
    _reporter(road, folder, run_id="1" * 16).handle_one_report()
    assert road.agent.played_ms("a") == 700


def test_an_agent_that_is_back_leaves_nothing_on_the_disk(folder: Path) -> None:
    road = _Road()
    road.error = AgentAway("不在")
    reporter = _reporter(road, folder)
    reporter.note(_watched(700), changed=False)
    reporter.handle_one_report()
    assert len(list(folder.iterdir())) == 1
    road.error = None
    reporter.handle_one_report()
    assert list(folder.iterdir()) == []


def test_a_kept_report_nobody_can_read_or_take_is_set_aside_and_stops_nothing(folder: Path) -> None:
    folder.mkdir()
    (folder / "torn.json").write_text("{", encoding="utf-8")
    (folder / "bad.json").write_text("{}", encoding="utf-8")
    road = _Road()
    road.error = AgentRefused("bad", "不收")
    reporter = _reporter(road, folder)
    reporter.handle_one_report()
    road.error = None
    reporter.note(_watched(700), changed=False)
    assert reporter.handle_one_report()
    assert {file.name for file in folder.iterdir()} == {"torn.refused", "bad.refused"}
    assert road.agent.played_ms("a") == 700


def test_a_disk_that_takes_nothing_costs_no_report(folder: Path) -> None:
    folder.write_text("in the way", encoding="utf-8")
    road = _Road()
    road.error = AgentAway("不在")
    reporter = _reporter(road, folder)
    reporter.note(_watched(700), changed=False)
    assert not reporter.handle_one_report()
    road.error = None
    assert reporter.handle_one_report()
    assert road.agent.played_ms("a") == 700
