"""Sessions that a reboot cut in two are one again, as if the clock had been known all along."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.records.report import Report
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.epochs import begin
from agent.stores.delivery.outbox import record_at
from agent.stores.disk.database import Database
from agent.stores.sessions.closing import begin_boot
from agent.stores.sessions.hours import month_hours
from agent.stores.sessions.progress import read_progress
from agent.stores.sessions.rejoining import rejoin
from agent.stores.sessions.session_log import add_report
from study.anchor import Anchor, AnchorSource, to_utc_ms
from study.record import StudyRecord, check
from study.rules import Why
from study.units import BootId, ItemId, Milliseconds, MonotonicMs
from tests.agent.television import Play, report

MINUTE = 60_000
NOON = to_utc_ms(datetime(2026, 11, 10, 4, tzinfo=UTC))


class Box:
    """A box whose boots begin at known moments; what is watched is told in one report a play."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.boot = ""
        self.began = 0
        self.told = 0

    def boots(self, name: str, began: int) -> None:
        self.boot, self.began = name, began
        with self.database.writing() as tables:
            begin_boot(tables, BootId(name))

    def hears(self, play: Play) -> None:
        self.told += 1
        form = report(self.told, play, run_id=f"run-{self.boot}", boot=self.boot)
        with self.database.writing() as tables:
            add_report(tables, Report.model_validate(form))

    def watches(
        self, play_id: str, opened_ms: int, ms: int, item: str = "5.1", *, leaves: bool = True
    ) -> Play:
        play = Play(play_id, item, opened_ms)
        play.watch(ms)
        if leaves:
            play.leave()
        self.hears(play)
        return play

    def is_told_the_time(self) -> None:
        source = AnchorSource.PLATFORM
        mono_ms = MonotonicMs(20 * MINUTE)
        anchor = Anchor(BootId(self.boot), mono_ms, self.began + mono_ms, Milliseconds(20), source)
        with self.database.writing() as tables:
            add_anchor(tables, anchor)

    def standing(self) -> list[tuple[int, int, int]]:
        """(played, effective, opened) of the records that make hours, as the platform judges it."""
        with self.database.reading() as tables:
            keys = tables.execute("SELECT epoch_no, seq FROM records ORDER BY 1, 2").fetchall()
            held = [(epoch, record_at(tables, epoch, seq)) for epoch, seq in keys]
        study = [(epoch, r) for epoch, r in held if isinstance(r, StudyRecord)]
        assert all(check(r) is None for _, r in study)
        last = {(epoch, r.replaces or r.seq): r for epoch, r in study}
        return [(r.played_ms, r.effective_ms, r.opened_ms) for r in last.values() if r.played_ms]

    def hours(self) -> int:
        with self.database.reading() as tables:
            return month_hours(tables, "2026-11")["effective_ms"]


@pytest.fixture
def box(mirrored: Database) -> Box:
    """A course of 100 s, of which more than 20 s must be seen; 15 s were, before the power went."""
    held = Box(mirrored)
    held.boots("a", NOON)
    held.is_told_the_time()
    held.watches("p1", 30 * MINUTE, 15_000, leaves=False)
    return held


def test_two_halves_within_ten_minutes_are_one_session_that_counts(box: Box) -> None:
    box.boots("b", NOON + 32 * MINUTE)
    box.watches("p2", MINUTE, 15_000)
    assert box.hours() == 0
    box.is_told_the_time()
    assert box.standing() == [(30_000, 30_000, 30 * MINUTE)]
    assert box.hours() == 30_000
    with box.database.reading() as tables:
        assert read_progress(tables, ItemId("5.1")).counted


def test_the_second_half_may_go_on_while_the_time_is_told(box: Box) -> None:
    box.boots("b", NOON + 32 * MINUTE)
    play = box.watches("p2", MINUTE, 15_000, leaves=False)
    box.is_told_the_time()
    assert box.hours() == 30_000
    play.go_on(10_000)
    play.leave()
    box.hears(play)
    assert box.standing() == [(40_000, 40_000, 30 * MINUTE)]


def test_a_return_after_joining_goes_on_with_the_first(box: Box) -> None:
    box.boots("b", NOON + 32 * MINUTE)
    box.watches("p2", MINUTE, 15_000)
    box.is_told_the_time()
    box.watches("p3", 2 * MINUTE, 5_000)
    assert box.standing() == [(35_000, 35_000, 30 * MINUTE)]


def test_what_is_told_late_of_an_earlier_boot_does_not_take_the_session_back(box: Box) -> None:
    cut_off = Play("p1", "5.1", 30 * MINUTE)
    cut_off.watch(16_000)
    box.boots("b", NOON + 32 * MINUTE)
    box.is_told_the_time()
    box.watches("p2", MINUTE, 15_000)
    form = report(9, cut_off, run_id="run-a", boot="a")
    with box.database.writing() as tables:
        add_report(tables, Report.model_validate(form))
        [last] = tables.execute("SELECT last_boot_id, last_ms FROM sessions").fetchall()
    assert last == ("b", MINUTE + 15_000)
    box.watches("p3", 9 * MINUTE, 5_000)
    box.boots("c", NOON + 60 * MINUTE)
    assert box.standing() == [(36_000, 36_000, 30 * MINUTE)]


@pytest.mark.parametrize("began", [NOON + 41 * MINUTE, NOON + 29 * MINUTE])
def test_a_longer_gap_and_one_backwards_leave_two(box: Box, began: int) -> None:
    box.boots("b", began)
    box.watches("p2", MINUTE, 15_000)
    box.is_told_the_time()
    assert box.standing() == [(15_000, 0, 30 * MINUTE), (15_000, 0, MINUTE)]


def test_another_item_or_screen_is_never_joined(box: Box) -> None:
    box.boots("b", NOON + 32 * MINUTE)
    box.watches("p2", MINUTE, 15_000, item="6.1")
    play = Play("p3", "5.1", 2 * MINUTE)
    play.watch(15_000)
    play.leave()
    with box.database.writing() as tables:
        told = report(1, play, run_id="other", terminal="tv-2", boot="b")
        add_report(tables, Report.model_validate(told))
    box.is_told_the_time()
    assert len(box.standing()) == 3


def test_asked_again_there_is_nothing_more_to_join(box: Box) -> None:
    box.boots("b", NOON + 32 * MINUTE)
    box.watches("p2", MINUTE, 15_000)
    box.is_told_the_time()
    before = box.standing()
    with box.database.writing() as tables:
        count = tables["records"].count
        rejoin(tables, BootId("b"))
        assert tables["records"].count == count
    assert box.standing() == before


def test_three_parts_over_two_reboots_are_one(box: Box) -> None:
    for name, began in (("b", NOON + 32 * MINUTE), ("c", NOON + 36 * MINUTE)):
        box.boots(name, began)
        box.watches(f"p-{name}", MINUTE, 15_000, leaves=False)
        box.is_told_the_time()
    box.boots("d", NOON + 50 * MINUTE)
    assert box.standing() == [(45_000, 45_000, 30 * MINUTE)]


def test_the_emptied_record_says_why(box: Box) -> None:
    box.boots("b", NOON + 32 * MINUTE)
    box.watches("p2", MINUTE, 15_000)
    box.is_told_the_time()
    with box.database.reading() as tables:
        seqs = [row[0] for row in tables.execute("SELECT seq FROM records ORDER BY seq")]
        *_, emptied, longer = (record_at(tables, 1, seq) for seq in seqs)
    assert isinstance(emptied, StudyRecord)
    assert isinstance(longer, StudyRecord)
    assert (emptied.played_ms, emptied.why, emptied.reason) == (0, Why.NOT_PLAYED, "joined")
    assert (longer.played_ms, longer.reason) == (30_000, "continued")
    assert emptied.seq < longer.seq


def test_a_session_of_an_earlier_epoch_is_left_as_it_is(box: Box) -> None:
    box.boots("b", NOON + 32 * MINUTE)
    with box.database.writing() as tables:
        begin(tables)
    box.watches("p2", MINUTE, 15_000)
    box.is_told_the_time()
    assert box.standing() == [(15_000, 0, 30 * MINUTE), (15_000, 0, MINUTE)]


BOOTS = st.lists(
    st.tuples(st.integers(0, 14), st.booleans(), st.sampled_from(["5.1", "6.1"])), min_size=1, max_size=6
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=BOOTS)
def test_an_anchor_that_comes_late_makes_the_same_sessions_as_one_that_comes_at_once(
    mirrored: Database, steps: list[tuple[int, bool, str]]
) -> None:
    assert played_in(mirrored, steps, late=True) == played_in(mirrored, steps, late=False)


def played_in(database: Database, steps: list[tuple[int, bool, str]], *, late: bool) -> list[tuple[int, ...]]:
    """Boots with one play each, after gaps of so many minutes; told the time before it or after it."""
    with database.writing() as tables:
        for table in (
            "records",
            "intervals",
            "plays",
            "sessions",
            "anchors",
            "boots",
            "televisions",
            "progress",
        ):
            tables.execute(f"DELETE FROM {table}")  # noqa: S608  names of this test
    box, now = Box(database), NOON
    for n, (gap, leaves, item) in enumerate(steps):
        box.boots(f"boot-{n}", now)
        if not late:
            box.is_told_the_time()
        box.watches(f"p{n}", gap * MINUTE, 15_000, item=item, leaves=leaves)
        if late:
            box.is_told_the_time()
        now += gap * MINUTE + 15_000
    return sorted(box.standing())
