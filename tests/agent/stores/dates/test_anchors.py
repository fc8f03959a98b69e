"""Anchors place sessions: exactly in their own boot, in a month or not at all in its neighbours."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from agent.records.report import Report
from agent.stores.dates.anchors import add_anchor, place_all
from agent.stores.disk.database import Database
from agent.stores.sessions.closing import begin_boot
from agent.stores.sessions.hours import day_hours, month_hours
from agent.stores.sessions.session_list import sessions_of_month
from agent.stores.sessions.session_log import add_report
from study.anchor import Anchor, AnchorSource, to_utc_ms
from study.units import BootId, Milliseconds, MonotonicMs
from tests.agent.television import Play, report

DAY = 24 * 3_600_000
NEW_MONTH = to_utc_ms(datetime(2026, 10, 31, 16, tzinfo=UTC))
"""Midnight in Beijing."""


def anchor(
    boot: str, began: int, source: AnchorSource = AnchorSource.PLATFORM, mono_ms: int = 5_000
) -> Anchor:
    return Anchor(BootId(boot), MonotonicMs(mono_ms), began + mono_ms, Milliseconds(20), source)


def boot(database: Database, name: str, began: int | None = None) -> None:
    """A boot begins; 30 s of the course are watched in its second minute; perhaps it is told the time."""
    play = Play(f"play-{name}", "5.1", 60_000)
    play.watch(30_000)
    play.leave()
    with database.writing() as tables:
        begin_boot(tables, BootId(name))
        add_report(tables, Report.model_validate(report(1, play, run_id=f"run-{name}", boot=name)))
    if began is not None:
        tell(database, anchor(name, began))


def tell(database: Database, told: Anchor) -> bool:
    with database.writing() as tables:
        return add_anchor(tables, told)


def hours(database: Database, month: str) -> tuple[int, int, int]:
    """In the month, unplaced, and on its days."""
    with database.reading() as tables:
        entry = month_hours(tables, month)
        days = sum(day["effective_ms"] for day in day_hours(tables, month))
    return entry["effective_ms"], entry["unplaced_ms"], days


def test_a_boot_between_two_of_one_month_counts_in_it_on_no_day(mirrored: Database) -> None:
    boot(mirrored, "a", NEW_MONTH)
    boot(mirrored, "b")
    assert hours(mirrored, "2026-11") == (30_000, 30_000, 30_000)
    boot(mirrored, "c", NEW_MONTH + 5 * DAY)
    assert hours(mirrored, "2026-11") == (90_000, 0, 60_000)
    with mirrored.reading() as tables:
        listed = sessions_of_month(tables, "2026-11", 9)
        assert [session["opened_at"] is None for session in listed] == [False, True, False]
        assert sessions_of_month(tables, "2026-10", 9) == []


def test_a_boot_around_the_end_of_a_month_stays_unplaced(mirrored: Database) -> None:
    boot(mirrored, "a", NEW_MONTH - DAY)
    boot(mirrored, "b")
    boot(mirrored, "c", NEW_MONTH + DAY)
    assert hours(mirrored, "2026-10") == (30_000, 30_000, 30_000)
    assert hours(mirrored, "2026-11") == (30_000, 30_000, 30_000)
    with mirrored.reading() as tables:
        assert (
            len(sessions_of_month(tables, "2026-10", 9)) == len(sessions_of_month(tables, "2026-11", 9)) == 2
        )


def test_a_boot_that_the_box_did_not_see_begin_is_never_bounded(mirrored: Database) -> None:
    boot(mirrored, "a", NEW_MONTH)
    boot(mirrored, "b")
    with mirrored.writing() as tables:
        tables.execute("DELETE FROM boots WHERE boot_id = 'b'")
    boot(mirrored, "c", NEW_MONTH + DAY)
    assert hours(mirrored, "2026-11") == (60_000, 30_000, 60_000)


def test_a_date_told_later_takes_the_place_of_a_month_that_was_bounded(mirrored: Database) -> None:
    boot(mirrored, "a", NEW_MONTH)
    boot(mirrored, "b")
    boot(mirrored, "c", NEW_MONTH + 5 * DAY)
    tell(mirrored, anchor("b", NEW_MONTH + 2 * DAY))
    assert hours(mirrored, "2026-11") == (90_000, 0, 90_000)


def test_a_clock_that_was_put_right_moves_what_it_had_bounded(mirrored: Database) -> None:
    boot(mirrored, "a", NEW_MONTH)
    boot(mirrored, "b")
    boot(mirrored, "c", NEW_MONTH + 5 * DAY)
    right = anchor("c", NEW_MONTH + 40 * DAY, mono_ms=3_600_000)
    assert tell(mirrored, right)
    assert hours(mirrored, "2026-11") == (30_000, 30_000, 30_000)
    assert hours(mirrored, "2026-12")[0] == 30_000


def test_a_receipt_on_a_stick_dates_nothing_and_bounds(mirrored: Database) -> None:
    boot(mirrored, "a", NEW_MONTH - DAY)
    boot(mirrored, "b")
    assert tell(mirrored, anchor("b", NEW_MONTH + 3_600_000, AnchorSource.USB))
    assert not tell(mirrored, anchor("b", NEW_MONTH + 3_600_000, AnchorSource.USB, mono_ms=9_000))
    assert hours(mirrored, "2026-11") == (0, 30_000, 0)
    boot(mirrored, "c", NEW_MONTH + DAY)
    assert hours(mirrored, "2026-11") == (60_000, 0, 30_000)


@pytest.mark.parametrize(
    "order", list(permutations([AnchorSource.PLATFORM, AnchorSource.NTP, AnchorSource.PHONE]))
)
def test_the_most_trusted_telling_dates_a_boot_in_whatever_order_they_come(
    mirrored: Database, order: tuple[AnchorSource, ...]
) -> None:
    began = {AnchorSource.PLATFORM: NEW_MONTH, AnchorSource.NTP: NEW_MONTH - DAY, AnchorSource.PHONE: 0}
    began[AnchorSource.PHONE] = NEW_MONTH - 40 * DAY
    boot(mirrored, "a")
    for source in order:
        tell(mirrored, anchor("a", began[source], source))
    assert hours(mirrored, "2026-11") == (30_000, 0, 30_000)


def test_anchors_of_two_epochs_stand_side_by_side(mirrored: Database) -> None:
    boot(mirrored, "a", NEW_MONTH)
    with mirrored.writing() as tables:
        tables.execute(
            "INSERT INTO epochs (epoch, next_seq, settled, high_water) VALUES ('00000000000000ff', 1, 0, 0)"
        )
    boot(mirrored, "b", NEW_MONTH + DAY)
    assert hours(mirrored, "2026-11") == (60_000, 0, 60_000)


def test_placing_all_anew_comes_to_the_same(mirrored: Database) -> None:
    boot(mirrored, "a", NEW_MONTH)
    boot(mirrored, "b")
    boot(mirrored, "c", NEW_MONTH + 5 * DAY)
    with mirrored.writing() as tables:
        tables.execute("UPDATE sessions SET opened_utc_ms = NULL, month = NULL")
        place_all(tables)
    assert hours(mirrored, "2026-11") == (90_000, 0, 60_000)


def test_of_one_boot_over_the_end_of_a_month_each_session_has_its_own_month(mirrored: Database) -> None:
    boot(mirrored, "a", NEW_MONTH - DAY)
    boot(mirrored, "b")
    later = Play("later", "6.1", 2 * DAY)
    later.watch(31_000)
    later.leave()
    with mirrored.writing() as tables:
        add_report(tables, Report.model_validate(report(1, later, run_id="run-later", boot="b")))
    boot(mirrored, "c", NEW_MONTH + DAY + DAY // 2)
    assert hours(mirrored, "2026-10") == (60_000, 0, 30_000)
    assert hours(mirrored, "2026-11") == (61_000, 0, 30_000)
