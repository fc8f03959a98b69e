"""The outbox in words and as data."""

from argparse import Namespace
from pathlib import Path

from agent.commands.call import Call
from agent.commands.outbox import outbox
from agent.data_folder import locked, token
from agent.settings import Settings
from agent.stores.box import enrol
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery import epochs
from agent.stores.delivery.outbox import note_failure, settle
from agent.stores.disk.database import Database
from study.anchor import Anchor, AnchorSource
from study.record import Refusal
from study.station import Station, StationType
from study.units import BootId, Milliseconds, MonotonicMs, Seq, StationNumber
from tests.agent.ports import free_port
from tests.fakes.fake_clock import NOVEMBER_UTC_MS, FakeClock


def call(folder: Path, clock: FakeClock) -> Call:
    return Call(Namespace(json=False), Settings(folder), (), clock)


def anchored(database: Database, boot: str) -> None:
    """One more record that waits."""
    with database.writing() as tables:
        moment = Anchor(BootId(boot), MonotonicMs(1), NOVEMBER_UTC_MS, Milliseconds(9), AnchorSource.PLATFORM)
        add_anchor(tables, moment)


def test_nothing_waits(database: Database, tmp_path: Path, clock: FakeClock) -> None:
    answer = outbox(call(tmp_path, clock))
    assert "没有待上传的学习记录" in answer.words and "zhanxue-agent run" in answer.words
    assert answer.data["waiting"] == answer.data["refused"] == []
    assert answer.data["trying"] is None


def test_a_busy_agent_is_not_said_to_be_stopped(database: Database, tmp_path: Path, clock: FakeClock) -> None:
    held = Settings(tmp_path, port=free_port())
    token(held)
    with locked(held) as is_mine:
        assert is_mine
        answer = outbox(Call(Namespace(json=False), held, (), clock))
    assert "正在运行，但没有应答" in answer.words and "没有运行" not in answer.words
    assert answer.data["trying"] is None


def test_each_epoch_that_waits_has_its_line(database: Database, tmp_path: Path, clock: FakeClock) -> None:
    anchored(database, "a")
    anchored(database, "b")
    with database.writing() as tables:
        epochs.begin(tables)
    anchored(database, "c")
    answer = outbox(call(tmp_path, clock))
    assert [(e["epoch_no"], e["waiting"], e["first"], e["last"]) for e in answer.data["waiting"]] == [
        (1, 2, 1, 2),
        (2, 1, 1, 1),
    ]
    assert "第 1 代" in answer.words and "第 2 代" in answer.words


def test_what_was_refused_and_what_stands_in_the_way_is_told(
    database: Database, tmp_path: Path, clock: FakeClock
) -> None:
    with database.writing() as tables:
        enrol(tables, Station(StationNumber("7"), "前门站", "东城区", StationType.COMMUNITY), "key")
    for boot in "abc":
        anchored(database, boot)
    with database.writing() as tables:
        settle(tables, 1, 1, 2, [Refusal(Seq(2), "bad_time", "时间不对")], NOVEMBER_UTC_MS)
        note_failure(tables, "连不上市平台", heard=False)
    said = outbox(call(tmp_path, clock)).words
    for words in (
        "bad_time",
        "时间不对",
        "没有送到  连不上市平台（接连 1 次）",
        "上次送达  2026-11-07 05:20",
    ):
        assert words in said
