"""A group study that has ended is one record: what was studied, who was there, and for how long."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.errors import GroupError
from agent.stores.box import enrol, read_box
from agent.stores.delivery.epochs import begin
from agent.stores.delivery.outbox import settle, take_run
from agent.stores.delivery.reissue import OTHER_CONTENT, reissue
from agent.stores.disk.database import Database
from agent.stores.groups.group_log import (
    Plan,
    agenda_of,
    begin_discussion,
    end_discussion,
    open_group,
    present,
    set_agenda,
    undo_check,
)
from agent.stores.groups.silence import GONE_MS, SILENT_MS, end_silent
from agent.stores.sessions.correction import correct
from study.group.attendance import Via
from study.group.examination import check_group
from study.group.moment import BootStretch, Moment
from study.record import Refusal
from study.units import BootId, ItemId, MonotonicMs
from study.wire import decode
from tests.agent.stores.groups.evening import SCREEN, SECOND, Evening, name_of
from tests.agent.stores.lived import STATION


@pytest.fixture
def evening(mirrored: Database) -> Evening:
    """Courses of 100 s, of which more than 20 s must be seen."""
    return Evening(mirrored)


def test_who_comes_late_and_who_leaves_early_has_that_much_less(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1, 2, 3)
    play = evening.plays(20, 50, leaves=False)
    evening.comes(50, 4)
    evening.leaves(60, 3)
    play.go_on(50 * SECOND)
    play.leave()
    evening.tells(play)
    evening.ends(110)
    [record] = evening.records()
    assert check_group(record) is None
    assert record.effective_ms == 80 * SECOND
    assert evening.people() == {1: 80, 2: 80, 3: 40, 4: 50}
    assert (record.kind, record.screen, len(evening.records())) == ("evening_school", SCREEN, 1)


def test_a_second_check_in_and_a_check_out_of_nobody_change_nothing(evening: Evening) -> None:
    evening.begins(10)
    assert evening.comes(12, 1, 1) == [True, False]
    assert evening.leaves(13, 2) == [False]
    with evening.database.reading() as tables:
        assert present(tables, evening.group_id) == [1]


def test_an_undone_check_did_not_happen(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1, 2)
    evening.leaves(20, 1)
    with evening.database.writing() as tables:
        assert undo_check(tables, evening.group_id, evening.at(21)) == 1
        assert present(tables, evening.group_id) == [2, 1]
        assert undo_check(tables, evening.group_id, evening.at(22)) == 2
        assert undo_check(tables, evening.group_id, evening.at(23)) == 1
        assert undo_check(tables, evening.group_id, evening.at(24)) is None
    evening.plays(30, 90)
    evening.ends(100)
    assert evening.people() == {}


def test_two_items_over_a_power_cut_are_one_evening(evening: Evening) -> None:
    evening.begins(10, Plan("free", agenda=(ItemId("5.1"), ItemId("6.1"))))
    evening.comes(12, 1, 2)
    evening.plays(20, 60)
    evening.plays(70, 80, "6.1", leaves=False)
    evening.boots("boot-2")
    with evening.database.reading() as tables:
        going_on = open_group(tables, SCREEN)
        assert going_on is not None
        assert agenda_of(tables, going_on["group_id"]) == ["5.1", "6.1"]
        assert present(tables, evening.group_id) == [2, 1]
    evening.leaves(30, 2)
    evening.plays(10, 50, "6.1")
    evening.ends(60)
    [record] = evening.records()
    assert check_group(record) is None
    # Ten seconds before the cut are a session of their own until the clock tells how long it was.
    assert [(part.item_id, part.session_ms) for part in record.parts] == [
        ("5.1", 40 * SECOND),
        ("6.1", 0),
        ("6.1", 40 * SECOND),
    ]
    assert evening.people() == {1: 80, 2: 60}


def test_a_session_that_goes_on_after_the_end_makes_the_record_anew(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 35)
    evening.ends(40)
    [first] = evening.records()
    assert (first.effective_ms, evening.people()) == (0, {1: 0})
    evening.plays(60, 70)
    [_, second] = evening.records()
    assert (second.replaces, second.reason) == (first.seq, "continued")
    # 25 s of the session count, 15 of them were studied together.
    assert (second.effective_ms, evening.people()) == (15 * SECOND, {1: 15})
    evening.plays(80, 90)
    third = evening.records()[-1]
    assert third.replaces == first.seq
    assert evening.records()[-1] == third


def test_a_correction_of_a_session_lowers_the_persons_too(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 80)
    evening.ends(90)
    assert evening.people() == {1: 60}
    with evening.database.writing() as tables:
        session_id = tables.execute("SELECT session_id FROM sessions").fetchone()[0]
        correct(tables, session_id, 0, "王主任", "放错了课")
    assert evening.people() == {1: 0}


def test_a_correction_long_after_does_not_take_the_other_items_hours(evening: Evening) -> None:
    evening.begins(10, Plan("free"))
    evening.comes(12, 1)
    evening.plays(20, 80)
    evening.plays(90, 150, "6.1")
    evening.ends(160)
    assert evening.people() == {1: 120}
    with evening.database.writing() as tables:
        tables.execute("DELETE FROM intervals")
        tables.execute("DELETE FROM plays")
        first = tables.execute("SELECT min(session_id) FROM sessions").fetchone()[0]
        correct(tables, first, 30_000, "王主任", "半途而废")
    assert (len(evening.records()), evening.people()) == (1, {1: 120})


@pytest.mark.parametrize("delivered", [False, True])
def test_on_a_copied_box_only_the_last_record_goes_again_and_only_if_none_is_held(
    evening: Evening, delivered: bool
) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 35)
    evening.ends(40)
    evening.records()
    evening.plays(60, 70)
    first, second = evening.records()
    with evening.database.writing() as tables:
        seqs = [second.seq] if delivered else [first.seq, second.seq]
        if delivered:
            settle(tables, 1, 1, first.seq, (), None)
        settle(tables, 1, 1, second.seq, [Refusal(seq, OTHER_CONTENT, "") for seq in seqs], None)
        reissue(tables, 1)
    again = [record for record in evening.records() if record not in (first, second)]
    assert [(one.replaces, one.attendees) for one in again] == (
        [] if delivered else [(None, second.attendees)]
    )
    for record in again:
        assert check_group(record) is None
        assert {part.session for part in record.parts} == {0}


def test_while_a_play_goes_on_the_record_waits(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    play = evening.plays(20, 60, leaves=False)
    evening.ends(50)
    assert evening.records() == []
    play.go_on(10 * SECOND)
    play.leave()
    evening.tells(play)
    # What was watched after the end is the station's, and nobody's.
    assert evening.people() == {1: 30}


def test_what_was_watched_before_is_not_the_groups(evening: Evening) -> None:
    play = evening.plays(0, 40, leaves=False)
    evening.begins(40)
    evening.comes(40, 1)
    play.go_on(30 * SECOND)
    play.leave()
    evening.tells(play)
    evening.ends(80)
    [record] = evening.records()
    assert (record.parts[0].before_ms, record.parts[0].session_ms) == (40 * SECOND, 70 * SECOND)
    assert evening.people() == {1: 30}


def test_what_is_talked_over_is_told_apart_and_counts_no_hours(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 60)
    with evening.database.writing() as tables:
        begin_discussion(tables, evening.group_id, evening.at(60))
        begin_discussion(tables, evening.group_id, evening.at(70))
        end_discussion(tables, evening.group_id, evening.at(90))
        begin_discussion(tables, evening.group_id, evening.at(100))
    evening.ends(110)
    [record] = evening.records()
    assert record.discussions == (BootStretch(0, 60_000, 90_000), BootStretch(0, 100_000, 110_000))
    assert evening.people() == {1: 40}


def test_a_discussion_that_the_power_ended_lasted_until_it_was_last_heard_of(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    with evening.database.writing() as tables:
        begin_discussion(tables, evening.group_id, evening.at(20))
    evening.comes(50, 2)
    evening.boots("boot-2")
    evening.comes(9, 3)
    evening.ends(30)
    [record] = evening.records()
    assert record.discussions == (BootStretch(0, 20_000, 50_000),)


def test_another_television_is_not_in_front_of_this_group(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 50)
    evening.ends(60)
    with evening.database.writing() as tables:
        tables.execute("UPDATE sessions SET screen = 'tv-2'")
    assert evening.records()[0].parts == ()


def test_there_is_one_at_a_time_and_none_after_its_end(evening: Evening) -> None:
    evening.begins(10)
    with pytest.raises(GroupError, match="还没有结束"):
        evening.begins(20)
    evening.ends(30)
    for late in (lambda: evening.comes(40, 1), lambda: evening.ends(40)):
        with pytest.raises(GroupError, match="已经结束"):
            late()
    evening.begins(50)


@pytest.mark.parametrize("plan", [Plan(""), Plan("  "), Plan("长" * 21), Plan("free", "长" * 61)])
def test_a_plan_without_a_kind_or_with_words_without_end(evening: Evening, plan: Plan) -> None:
    with pytest.raises(GroupError, match="不超过"):
        evening.begins(10, plan)


def test_nobody_ended_it_and_it_ends_when_it_was_last_heard_of(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 60, leaves=False)
    with evening.database.writing() as tables:
        heard_ms = 60 * SECOND
        assert end_silent(tables, evening.boot, MonotonicMs(heard_ms + SILENT_MS - 1), MonotonicMs(0)) == []
        ended = end_silent(tables, evening.boot, MonotonicMs(heard_ms + SILENT_MS), MonotonicMs(0))
        assert ended == [evening.group_id]
        [row] = tables.query("SELECT * FROM groups")
    assert (row["ended_boot_id"], row["ended_ms"]) == ("boot-1", heard_ms)


def test_nobody_went_on_after_a_power_cut(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 60, leaves=False)
    evening.boots("boot-2")
    with evening.database.writing() as tables:
        started = MonotonicMs(5 * SECOND)
        assert end_silent(tables, evening.boot, MonotonicMs(started + GONE_MS - 1), started) == []
        assert end_silent(tables, evening.boot, MonotonicMs(started + GONE_MS), started)
    [record] = evening.records()
    assert record.ended == Moment(0, 60 * SECOND)
    assert evening.people() == {1: 40}


def test_who_was_erased_since_keeps_the_pseudonym_that_was_told(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 35)
    evening.ends(40)
    evening.records()
    evening.plays(60, 70)
    evening.erased = {1}
    assert evening.people() == {1: 15}
    assert len(evening.records()) == 2


def test_who_was_erased_before_is_in_no_record(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1, 2)
    evening.plays(20, 60)
    evening.ends(70)
    evening.erased = {1}
    assert evening.people() == {2: 40}


def test_two_of_the_roster_with_one_card_are_one_person(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.comes(40, 2, via=Via.CARD)
    evening.plays(20, 60)
    evening.ends(70)
    evening.name_of = lambda _: name_of(1)
    assert evening.people() == {1: 40}


def test_in_a_new_epoch_nothing_is_recorded_again(evening: Evening) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 35)
    evening.ends(40)
    assert len(evening.records()) == 1
    with evening.database.writing() as tables:
        begin(tables)
    evening.plays(60, 90)
    assert len(evening.records()) == 1


def test_it_leaves_the_box_with_everything_else(evening: Evening) -> None:
    with evening.database.writing() as tables:
        enrol(tables, STATION, "key")
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 60)
    evening.ends(70)
    [record] = evening.records()
    with evening.database.writing() as tables:
        outgoing = take_run(tables, read_box(tables))
    assert outgoing is not None
    assert decode(outgoing.body).records[-1] == record


def test_an_agenda_may_change(evening: Evening) -> None:
    evening.begins(10)
    with evening.database.writing() as tables:
        set_agenda(tables, evening.group_id, [ItemId("6.1"), ItemId("5.1")])
        assert agenda_of(tables, evening.group_id) == ["6.1", "5.1"]


steps = st.lists(
    st.tuples(
        st.sampled_from(["in", "out", "play", "cut", "undo"]),
        st.integers(1, 4),
        st.integers(1, 40),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_happens_its_record_holds_and_nobody_has_more_than_there_was(
    mirrored: Database, done: list[tuple[str, int, int]]
) -> None:
    with mirrored.writing() as tables:
        of_groups = ("agenda", "checks", "discussions", "sessions", "pseudonyms")
        of_plays = ("records", "intervals", "plays", "progress", "sessions", "televisions", "boots")
        for table in (*(f"group_{name}" for name in of_groups), "groups", *of_plays):
            tables.execute(f"DELETE FROM {table}")  # noqa: S608  names of this test
    evening, now, boots = Evening(mirrored, "boot-0"), 10, 0
    evening.begins(now)
    for step, member, seconds in done:
        now += seconds
        match step:
            case "in":
                evening.comes(now, member)
            case "out":
                evening.leaves(now, member)
            case "undo":
                with mirrored.writing() as tables:
                    undo_check(tables, evening.group_id, evening.at(now))
            case "play":
                evening.plays(now, now + seconds, f"{5 + member % 2}.1")
                now += seconds
            case "cut":
                boots, now = boots + 1, 5
                evening.boots(f"boot-{boots}")
    evening.ends(now + 1)
    for record in evening.records():
        assert check_group(record) is None
        counted = sum(p.session_ms for p in record.parts)
        assert all(one.person_ms <= record.effective_ms <= counted for one in record.attendees)


def test_what_is_told_late_of_a_boot_between_the_first_and_the_last_enters_the_record(
    evening: Evening,
) -> None:
    evening.begins(10)
    evening.comes(12, 1)
    evening.plays(20, 60)
    evening.boots("boot-2")
    evening.comes(5, 2)
    evening.boots("boot-3")
    evening.comes(5, 3)
    evening.ends(30)
    [record] = evening.records()
    evening.boot = BootId("boot-2")
    evening.plays(10, 50, "6.1")
    [_first, again] = evening.records()
    assert (again.replaces, again.effective_ms) == (record.seq, record.effective_ms + 40 * SECOND)
