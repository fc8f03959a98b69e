"""The status in words."""

from agent.api.status import status_of
from agent.commands.status import Surroundings, status_text
from agent.data_folder import DiskSize
from agent.stores.box import enrol
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.backlog import RefusedRecord
from agent.stores.disk.database import Database
from study.anchor import Anchor, AnchorSource
from study.station import Station, StationType
from study.units import Milliseconds, Seq, StationNumber
from tests.fakes.fake_clock import NOVEMBER_UTC_MS, FakeClock

ROOM_BYTES = 1_000_000_000
DISK = DiskSize(10 * ROOM_BYTES, ROOM_BYTES)


def test_a_new_box_says_what_to_do_next(database: Database, clock: FakeClock) -> None:
    with database.reading() as tables:
        said = status_text(status_of(tables, clock, None, DISK), Surroundings(False, ROOM_BYTES, None, None))
    assert "尚未开通；请运行 zhanxue-agent enrol 账号 激活码" in said
    assert "没有运行" in said
    assert "还没有对过时" in said


def test_an_enrolled_box_says_who_it_is_what_time_it_is_and_what_was_refused(
    database: Database, clock: FakeClock
) -> None:
    station = Station(StationNumber("7"), "前门站", "东城区", StationType.COMMUNITY)
    anchor = Anchor(clock.boot, clock.mono_ms(), NOVEMBER_UTC_MS, Milliseconds(9), AnchorSource.PLATFORM)
    with database.writing() as tables:
        enrol(tables, station, "key-1")
        add_anchor(tables, anchor)
    clock.wall_ms = 0
    refused = RefusedRecord(1, Seq(3), 9, "bad", "记录有误")
    with database.reading() as tables:
        said = status_text(
            status_of(tables, clock, None, DISK),
            Surroundings(True, ROOM_BYTES, anchor, NOVEMBER_UTC_MS, None, [refused]),
        )
    assert "前门站（东城区，社区，7）" in said
    assert "待上传  1 条" in said
    assert "第 3 条：记录有误（bad）" in said
    assert "2026-11-07 05:20:00（来自市平台，误差不超过 0.1 秒）" in said
    assert "上次送达 2026-11-07 05:20" in said
    assert "本机时钟不准" in said


def test_a_full_disk_is_the_first_thing_said(database: Database, clock: FakeClock) -> None:
    with database.reading() as tables:
        status = status_of(tables, clock, None, DiskSize(ROOM_BYTES, 0))
    assert status["disk_full"]
    assert "提醒    磁盘已满，新的学习记录存不下，先由电视保留；请尽快清理磁盘" in status_text(
        status, Surroundings(True, 0, None, None)
    )
