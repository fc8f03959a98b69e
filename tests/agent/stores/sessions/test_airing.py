"""What is watched on a channel with a guide belongs to its programmes, all of it, once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.records.report import Report
from agent.records.validators import Validators
from agent.records.xmltv import ToldProgramme
from agent.stores.box import enrol, see_boot
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.outbox import record_at, settle
from agent.stores.disk.database import Database
from agent.stores.disk.retention import prune_details
from agent.stores.guide.building import build_guide
from agent.stores.guide.guides import Guides
from agent.stores.sessions.closing import begin_boot
from agent.stores.sessions.correction import correct
from agent.stores.sessions.progress import recent_items
from agent.stores.sessions.session_list import last_sessions
from agent.stores.sessions.session_log import PlayState, add_report
from study.anchor import Anchor, AnchorSource
from study.record import StudyRecord
from study.rules import Why
from study.units import HOUR_MS, MINUTE_MS, BootId, Milliseconds, MonotonicMs
from tests.agent.stores.guide.told import SEVEN_MS, WINDOW, programme
from tests.agent.stores.lived import STATION
from tests.agent.television import Play, report
from tests.fakes.fake_clock import BOOT

SOURCE = "/etc/e.xml"
SEVEN_MONO = 60 * MINUTE_MS
"""Of the boot: it was seven then."""
EVENING = ((0, 60, "冬小麦"), (60, 120, "甜瓜"), (180, 540, "通宵"))
CAP_MS = 4 * HOUR_MS


def name(start_min: int) -> str:
    return f"L1@{SEVEN_MS // 1000 + start_min * 60}"


WHEAT, MELONS, NIGHT = name(0), name(60), name(180)


class Box:
    """A box with one channel and its guide."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.guides = Guides(folder / "guide", [SOURCE])
        self.guides.tidy()
        self.seq = 0

    def tell(self, *shown: tuple[int, int, str]) -> None:
        self.tell_all([programme(*each, "L1") for each in shown])

    def tell_all(self, told: list[ToldProgramme]) -> None:
        build_guide(self.guides.file(SOURCE), iter(told), WINDOW, Validators(), lambda: True)

    def set_clock(self, boot: str = BOOT, mono_ms: int = SEVEN_MONO, utc_ms: int = SEVEN_MS) -> None:
        anchor = Anchor(BootId(boot), MonotonicMs(mono_ms), utc_ms, Milliseconds(5), AnchorSource.PLATFORM)
        with self.database.writing() as tables:
            see_boot(tables, anchor.boot)
            add_anchor(tables, anchor)

    def take(self, *plays: Play, boot: str = BOOT) -> tuple[PlayState, ...]:
        self.seq += 1
        with self.database.writing() as tables:
            return add_report(tables, Report.model_validate(report(self.seq, *plays, boot=boot)), self.guides)

    @property
    def sessions(self) -> list[tuple[str, int]]:
        with self.database.reading() as tables:
            rows = tables.execute("SELECT item_id, played_ms FROM sessions ORDER BY session_id").fetchall()
        return [(row[0], row[1] // MINUTE_MS) for row in rows]

    @property
    def records(self) -> list[StudyRecord]:
        with self.database.reading() as tables:
            held = [
                record_at(tables, 1, row[0]) for row in tables.execute("SELECT seq FROM records ORDER BY 1")
            ]
        return [each for each in held if isinstance(each, StudyRecord)]


@pytest.fixture
def box(mirrored: Database, tmp_path: Path) -> Iterator[Box]:
    held = Box(mirrored, tmp_path)
    held.tell(*EVENING)
    held.set_clock()
    yield held
    held.guides.close()


def opened(minute: float, play_id: str = "p1", item: str = "L1") -> Play:
    """So many minutes after seven."""
    return Play(play_id, item, SEVEN_MONO + int(minute * MINUTE_MS), "live")


def watched(from_min: float, to_min: float, play_id: str = "p1", item: str = "L1") -> Play:
    play = opened(from_min, play_id, item)
    play.watch(int((to_min - from_min) * MINUTE_MS))
    play.leave()
    return play


def test_what_is_watched_belongs_to_the_programme_that_is_on(box: Box) -> None:
    box.take(watched(10, 30))

    assert box.sessions == [(WHEAT, 20)]
    [record] = box.records
    assert (record.item_id, record.effective_ms, record.why) == (WHEAT, 20 * MINUTE_MS, Why.COUNTED)


def test_a_return_to_the_programme_goes_on_however_late(box: Box) -> None:
    box.take(watched(0, 10))
    box.take(watched(45, 50, "p2"))

    assert box.sessions == [(WHEAT, 15)]
    first, second = box.records
    assert (first.played_ms, second.played_ms) == (10 * MINUTE_MS, 15 * MINUTE_MS)
    assert second.replaces == first.seq


def test_a_programme_that_ends_while_it_is_watched_makes_way_for_the_next(box: Box) -> None:
    play = opened(50)
    play.watch(5 * MINUTE_MS)
    [before] = box.take(play)
    play.go_on(20 * MINUTE_MS)
    [after] = box.take(play)
    play.leave()
    box.take(play)

    assert box.sessions == [(WHEAT, 10), (MELONS, 15)]
    assert before.session_id != after.session_id
    assert after.watching.facts.played_ms == 15 * MINUTE_MS
    assert [(r.item_id, r.played_ms // MINUTE_MS) for r in box.records] == [(WHEAT, 10), (MELONS, 15)]


def test_the_first_programmes_record_is_made_when_it_is_over(box: Box) -> None:
    play = opened(50)
    play.watch(20 * MINUTE_MS)
    box.take(play)

    assert [r.item_id for r in box.records] == [WHEAT]


def test_a_whole_evening_told_at_once_is_the_same_as_told_bit_by_bit(box: Box) -> None:
    """The agent was away; the television kept all of it."""
    box.take(watched(30, 200))

    assert box.sessions == [(WHEAT, 30), (MELONS, 60), ("L1", 60), (NIGHT, 20)]


def test_a_gap_of_the_guide_belongs_to_the_channel(box: Box) -> None:
    box.take(watched(130, 150))

    assert box.sessions == [("L1", 20)]


def test_the_most_of_a_session_is_counted_for_each_programme(box: Box) -> None:
    box.tell((0, 300, "大会"), (300, 600, "又一场"))
    box.take(watched(0, 290))
    box.take(watched(292, 600, "p2"))

    assert box.sessions == [(WHEAT, 298), (name(300), 300)]
    assert [r.effective_ms for r in box.records[1:]] == [CAP_MS, CAP_MS]


def test_paused_over_the_end_the_next_begins_when_it_is_watched(box: Box) -> None:
    play = opened(50)
    play.watch(5 * MINUTE_MS)
    play.pause(20 * MINUTE_MS)
    box.take(play)
    assert box.sessions == [(WHEAT, 5)]

    play.watch(10 * MINUTE_MS)
    box.take(play)

    assert box.sessions == [(WHEAT, 5), (MELONS, 10)]


def test_paused_over_whole_programmes_these_have_no_session(box: Box) -> None:
    play = opened(50)
    play.watch(5 * MINUTE_MS)
    play.pause(140 * MINUTE_MS)
    play.watch(5 * MINUTE_MS)
    box.take(play)

    assert box.sessions == [(WHEAT, 5), (NIGHT, 5)]


def test_a_guide_that_changes_moves_nothing_that_is_under_way(box: Box) -> None:
    play = opened(10)
    play.watch(5 * MINUTE_MS)
    box.take(play)
    box.tell((0, 20, "改"), (20, 200, "特别节目"))
    play.go_on(60 * MINUTE_MS)
    box.take(play)

    assert box.sessions == [(WHEAT, 50), (name(20), 15)]


def test_a_guide_that_comes_in_the_middle_is_for_the_next_opening(mirrored: Database, tmp_path: Path) -> None:
    box = Box(mirrored, tmp_path)
    box.set_clock()
    play = opened(10)
    play.watch(5 * MINUTE_MS)
    box.take(play)
    box.tell(*EVENING)
    play.go_on(60 * MINUTE_MS)
    play.leave()
    box.take(play)
    box.take(watched(80, 90, "p2"))

    assert box.sessions == [("L1", 65), (MELONS, 10)]
    box.guides.close()


def test_without_a_clock_it_belongs_to_the_channel_also_when_the_time_is_told_later(
    mirrored: Database, tmp_path: Path
) -> None:
    box = Box(mirrored, tmp_path)
    box.tell(*EVENING)
    play = opened(10)
    play.watch(5 * MINUTE_MS)
    box.take(play)
    box.set_clock()
    play.go_on(60 * MINUTE_MS)
    play.leave()
    box.take(play)
    box.take(watched(76, 85, "p2"))

    assert box.sessions == [("L1", 65), (MELONS, 9)]
    box.guides.close()


def test_an_evening_of_programmes_is_one_channel_among_what_was_studied_last(box: Box) -> None:
    box.take(watched(30, 200))

    with box.database.reading() as tables:
        assert recent_items(tables, 9) == ["L1"]


def test_the_programme_is_named_long_after_the_guide_is_gone(box: Box) -> None:
    box.take(watched(30, 80))
    box.guides.file(SOURCE).unlink()

    with box.database.reading() as tables:
        assert [each["title"] for each in last_sessions(tables, 9)] == ["党建频道·甜瓜", "党建频道·冬小麦"]


def test_over_midnight_and_the_end_of_the_month(box: Box) -> None:
    to_midnight = 5 * 60
    box.tell((to_midnight - 30, to_midnight + 30, "跨年"))
    box.take(watched(to_midnight - 10, to_midnight + 10))

    assert box.sessions == [(name(to_midnight - 30), 20)]


def test_over_a_reboot_the_programme_goes_on(box: Box) -> None:
    box.take(watched(0, 10))
    with box.database.writing() as tables:
        begin_boot(tables, BootId("boot-2"))
    box.set_clock("boot-2", 5_000, SEVEN_MS + 40 * MINUTE_MS)
    later = Play("p2", "L1", 5_000, "live")
    later.watch(5 * MINUTE_MS)
    later.leave()
    box.take(later, boot="boot-2")

    assert box.sessions == [(WHEAT, 15)]


def test_told_twice_nothing_is_counted_twice(box: Box) -> None:
    play = watched(30, 200)
    box.take(play)
    before = box.sessions
    box.take(play)
    [state] = box.take(play)

    assert box.sessions == before
    assert len(box.records) == 4
    assert state.watching.facts.played_ms == 20 * MINUTE_MS


def test_told_once_more_long_after_its_delivery_when_the_guide_is_gone_it_is_not_new(box: Box) -> None:
    play = watched(30, 200)
    box.take(play)
    with box.database.writing() as tables:
        enrol(tables, STATION, "key-1")
        settle(tables, 1, 1, 5, [], SEVEN_MS)
        assert prune_details(tables, SEVEN_MS + 1, 100) == 4
    box.tell()
    before = box.sessions
    box.take(play)

    assert box.sessions == before
    assert len(box.records) == 4


def test_what_was_corrected_stays_and_the_next_programme_begins(box: Box) -> None:
    box.take(watched(40, 55))
    with box.database.writing() as tables:
        correct(tables, 1, None, "李强", "无人观看")
    box.take(watched(56, 70, "p2"))

    assert box.sessions == [(WHEAT, 0), (WHEAT, 4), (MELONS, 10)]


def test_two_televisions_have_sessions_of_their_own(box: Box) -> None:
    with box.database.writing() as tables:
        for number, screen in enumerate(("tv-1", "tv-2")):
            told = report(1, watched(10, 70, f"p{number}"), run_id=screen, terminal=screen)
            add_report(tables, Report.model_validate(told), box.guides)

    assert sorted(box.sessions) == [(WHEAT, 50), (WHEAT, 50), (MELONS, 10), (MELONS, 10)]


def test_a_course_is_none_of_this(box: Box) -> None:
    play = Play("p1", "5.1", SEVEN_MONO)
    play.watch(30_000)
    box.take(play)

    with box.database.reading() as tables:
        assert tables.execute(
            "SELECT item_id, until_ms FROM plays JOIN sessions USING (session_id)"
        ).fetchall() == [("5.1", None)]


def test_the_television_may_call_it_by_its_programme(box: Box) -> None:
    box.take(watched(70, 80, item=WHEAT))

    assert box.sessions == [(MELONS, 10)]


stretches = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), min_size=1, max_size=12)
shown = st.lists(st.integers(1, 60), max_size=15)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stretches=stretches, lengths=shown, data=st.data())
def test_every_minute_is_in_one_session_however_it_is_told(
    tmp_path_factory: pytest.TempPathFactory, stretches: list[tuple[int, int]], lengths: list[int], data: Any
) -> None:
    folder = tmp_path_factory.mktemp("box")
    database = Database(folder / "zhanxue.db")
    with database.writing() as tables:
        tables.execute("INSERT INTO line_up VALUES ('L1', 1, 1, '台', '/live/1', '', '', '', '', 0)")
    box = Box(database, folder)
    starts = [sum(lengths[:n]) for n in range(len(lengths))]
    held = [(a, a + n, "x") for a, n in zip(starts, lengths, strict=True) if data.draw(st.booleans())]
    box.tell(*held)
    box.set_clock()
    play = opened(data.draw(st.integers(-30, 60)))
    for watch_min, pause_min in stretches:
        play.watch(watch_min * MINUTE_MS)
        if data.draw(st.booleans()):
            box.take(play)
        play.pause(pause_min * MINUTE_MS)
    play.leave()
    box.take(play)

    total = sum(watch_min for watch_min, _ in stretches)
    assert sum(played for _, played in box.sessions) == total
    with database.reading() as tables:
        rows = tables.execute(
            "SELECT item_id, start_ms, end_ms FROM intervals JOIN plays USING (play_id)"
            " JOIN sessions USING (session_id)"
        ).fetchall()
    for item_id, start_ms, end_ms in rows:
        on = [p for p in held if item_id == name(p[0])]
        if on:
            assert (
                SEVEN_MONO + on[0][0] * MINUTE_MS <= start_ms <= end_ms <= SEVEN_MONO + on[0][1] * MINUTE_MS
            )
    box.guides.close()
    database.close()
