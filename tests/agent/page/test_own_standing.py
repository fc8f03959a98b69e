"""A phone shows its people how long they have studied, and nobody else's hours."""

from agent.records.report import Report
from agent.stores.box import enrol
from agent.stores.dates.anchors import add_anchor
from agent.stores.groups.member_hours import member_ms
from agent.stores.groups.naming import name_attendee, unnamed
from agent.stores.groups.recording import groups_to_record, record_group
from agent.stores.groups.silence import hear_report
from agent.stores.sessions.closing import begin_boot
from agent.stores.sessions.session_log import add_report
from study.anchor import Anchor, AnchorSource
from study.group.pseudonym import pseudonym
from study.units import MINUTE_MS, Milliseconds
from tests.agent.page.conftest import RoomPage
from tests.agent.stores.lived import STATION
from tests.agent.television import Play, report
from tests.fakes.fake_clock import NOVEMBER_UTC_MS

NOVEMBER, DECEMBER = "2026-11", "2026-12"


def dated(room: RoomPage) -> None:
    with room.parts.database.writing() as tables:
        anchor = Anchor(
            room.clock.boot, room.clock.mono_ms(), NOVEMBER_UTC_MS, Milliseconds(50), AnchorSource.PLATFORM
        )
        add_anchor(tables, anchor)


def plays(room: RoomPage, seconds: int) -> None:
    """The television plays a course of 100 s; time passes with it."""
    play = Play("play-1", "5.1", room.clock.mono_ms(), "vod")
    room.clock.pass_ms(seconds * 1_000)
    play.watch(seconds * 1_000)
    play.leave()
    told = Report.model_validate(report(1, play, run_id="run-1", boot=room.clock.boot))
    with room.parts.database.writing() as tables:
        add_report(tables, told)
        hear_report(tables, told)


def records(room: RoomPage) -> None:
    with room.parts.database.writing() as tables:
        for group_id, member_id in unnamed(tables):
            name_attendee(tables, group_id, member_id, pseudonym(b"k", str(member_id)))  # type: ignore[arg-type]
        for group_id in groups_to_record(tables):
            assert record_group(tables, group_id)


def test_a_phone_tells_since_when_and_how_long(room: RoomPage) -> None:
    dated(room)
    phone = room.scanning(2)
    phone.comes("001002")
    plays(room, 100)
    phone.get()
    assert "05:20 签到，正在参加，已到场 1 分钟" in phone.words
    assert "这一场已计入的学习 1 分钟 本月已记录的集体学习 0 分钟" in phone.words


def test_after_the_record_its_time_is_in_the_month(room: RoomPage) -> None:
    dated(room)
    phone, late = room.scanning(2), room.scanning(3)
    phone.comes("001002")
    plays(room, 100)
    late.comes("002003")
    room.ends()
    room.clock.pass_ms(20 * MINUTE_MS)
    with room.parts.database.writing() as tables:
        begin_boot(tables, room.clock.boot)
        tables.execute("UPDATE sessions SET open = 0")
    records(room)
    phone.get()
    assert "本月已记录的集体学习 1 分钟" in phone.words
    late.get()
    assert "本月已记录的集体学习 0 分钟" in late.words
    with room.parts.database.reading() as tables:
        assert member_ms(tables, 1, NOVEMBER) == 100_000
        assert member_ms(tables, 1, DECEMBER) == 0
        assert member_ms(tables, 2, NOVEMBER) == 0


def test_what_the_platform_refuses_does_not_count(room: RoomPage) -> None:
    dated(room)
    room.scanning(2).comes("001002")
    plays(room, 100)
    room.ends()
    with room.parts.database.writing() as tables:
        enrol(tables, STATION, "key-1")
        tables.execute("UPDATE sessions SET open = 0")
    records(room)
    with room.parts.database.writing() as tables:
        tables.execute("UPDATE records SET state = 'refused'")
    with room.parts.database.reading() as tables:
        assert member_ms(tables, 1, NOVEMBER) == 0
