"""What a group study does not go beyond, and what is told of it late: no record that cannot be read back."""

import pytest

from agent.errors import GroupError
from agent.stores.box import enrol, read_box
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.epochs import begin
from agent.stores.delivery.outbox import settle, take_run
from agent.stores.disk.database import Database
from agent.stores.disk.retention import DAY_MS, prune_details
from agent.stores.groups.correcting import Correction, Presence, Reason, correct_group
from agent.stores.groups.group_log import Plan, begin_discussion, begin_group, check_in, end_group
from agent.stores.groups.recording import forget_correction, lapsed_corrections
from agent.stores.groups.silence import SILENT_MS, end_silent, is_discussion_due
from study.anchor import Anchor, AnchorSource
from study.group.attendance import Via
from study.group.form import ATTENDEES_MAX, BOOTS_MAX, PARTS_MAX
from study.units import MINUTE_MS, MonotonicMs
from tests.agent.stores.groups.evening import SECOND, Evening, name_of
from tests.agent.stores.lived import STATION
from tests.fakes.fake_clock import NOVEMBER_UTC_MS


@pytest.fixture
def evening(mirrored: Database) -> Evening:
    with mirrored.writing() as tables:
        enrol(tables, STATION, "key-1")
    return Evening(mirrored)


def can_be_sent(evening: Evening) -> bool:
    with evening.database.writing() as tables:
        return take_run(tables, read_box(tables)) is not None


def test_as_many_people_as_a_record_holds_and_no_more(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, *range(1, ATTENDEES_MAX + 1))
    with pytest.raises(GroupError, match="结束它") as refused:
        evening.comes(13, ATTENDEES_MAX + 1)
    assert refused.value.code == "full"
    evening.plays(20, 90)
    evening.ends(100)
    [record] = evening.records()
    assert len(record.attendees) == ATTENDEES_MAX
    assert can_be_sent(evening)


def test_it_goes_over_as_many_boots_as_a_record_holds_and_no_more(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 90)
    for n in range(2, BOOTS_MAX + 3):
        evening.boots(f"boot-{n}")
        evening.plays(100, 120, "6.1")
    with pytest.raises(GroupError, match="重新启动"):
        evening.comes(130, 2)
    evening.ends(300)
    [record] = evening.records()
    assert len(record.boots) == BOOTS_MAX
    assert can_be_sent(evening)


def test_of_channels_flicked_through_those_that_add_most_are_told(evening: Evening) -> None:
    evening.begins(0)
    evening.comes(0, 1)
    for n in range(PARTS_MAX + 5):
        evening.plays(100 * n, 100 * n + (90 if n > 4 else 50), f"L{n}", "live")
    evening.ends(100 * (PARTS_MAX + 6))
    [record] = evening.records()
    assert len(record.parts) == PARTS_MAX
    assert "L0" not in {part.item_id for part in record.parts}
    assert can_be_sent(evening)


def test_plays_that_a_record_waits_for_are_not_let_go_of(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1, 2)
    evening.plays(20, 90)
    evening.ends(100)
    with evening.database.writing() as tables:
        at = MonotonicMs(110 * SECOND)
        add_anchor(tables, Anchor(evening.boot, at, NOVEMBER_UTC_MS, 50, AnchorSource.PLATFORM))
        out = take_run(tables, read_box(tables))
        assert out is not None
        settle(tables, out.epoch_no, out.first, out.last, (), NOVEMBER_UTC_MS)
        assert prune_details(tables, NOVEMBER_UTC_MS + DAY_MS, 200) == 0
    assert evening.people() == {1: 70, 2: 70}


def test_who_checks_in_before_another_television_leaves_the_first(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1, 2)
    evening.plays(20, 90)
    with evening.database.writing() as tables:
        second = begin_group(tables, "tv-2", Plan("free"), evening.at(10))
        check_in(tables, second, 1, Via.CARD, evening.at(50))
        end_group(tables, second, evening.at(100))
    evening.ends(100)
    first, other = sorted(evening.records(), key=lambda record: record.screen)
    assert [one.person_ms for one in other.attendees] == [0]
    told = {one.pseudonym: one.person_ms // SECOND for one in first.attendees}
    assert told == {name_of(1): 30, name_of(2): 70}


def test_one_person_under_two_numbers_keeps_both_stays(evening: Evening) -> None:
    evening.name_of = lambda member: name_of(5 if member in (5, 50) else member)
    evening.begins(10)
    evening.comes(12, 5)
    evening.plays(20, 50)
    evening.leaves(50, 5)
    evening.comes(55, 50)
    evening.plays(60, 100)
    evening.ends(110)
    [record] = evening.records()
    assert [one.person_ms for one in record.attendees] == [70 * SECOND]


def test_what_is_told_after_the_record_was_made_enters_it(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.ends(100)
    assert evening.people() == {1: 0}
    evening.plays(20, 90)
    assert evening.people() == {1: 70}
    evening.plays(200, 260, "6.1")
    assert len(evening.records()) == 2


def test_a_correction_that_a_new_epoch_overtook_is_told_of(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1, 2)
    evening.plays(20, 90)
    evening.ends(100)
    evening.records()
    with evening.database.writing() as tables:
        told = Correction(Reason.WRONG_CHECK_IN, (Presence(2, is_there=False),))
        correct_group(tables, evening.group_id, told, evening.at(120))
        assert lapsed_corrections(tables) == []
        begin(tables)
        assert lapsed_corrections(tables) == [evening.group_id]
        forget_correction(tables, evening.group_id)
        assert lapsed_corrections(tables) == []


def test_who_came_after_the_end_is_not_put_right_in_silence(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1, 2)
    evening.plays(20, 90)
    evening.ends(100)
    evening.records()
    late = Correction(Reason.WRONG_TIME, (Presence(2, is_there=True, from_ms=100 * MINUTE_MS),))
    with pytest.raises(GroupError, match="1 分钟"), evening.database.writing() as tables:
        correct_group(tables, evening.group_id, late, evening.at(120))
    assert set(evening.people()) == {1, 2}


def test_a_discussion_is_heard_while_a_television_shows_it(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    with evening.database.writing() as tables:
        begin_discussion(tables, evening.group_id, evening.at(100))
        assert not is_discussion_due(tables, evening.group_id, evening.at(130))
        assert is_discussion_due(tables, evening.group_id, evening.at(160))
        assert not is_discussion_due(tables, evening.group_id, evening.at(100 + SILENT_MS // SECOND))
        assert end_silent(tables, evening.boot, MonotonicMs(100 * SECOND + SILENT_MS), MonotonicMs(0))


@pytest.mark.parametrize("theme", ["秋\0收", "秋\x07收"])
def test_a_theme_has_no_signs_that_nobody_sees(evening: Evening, theme: str) -> None:
    with pytest.raises(GroupError):
        evening.begins(10, Plan("free", theme))
