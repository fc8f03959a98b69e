"""Boots without an anchor: their sessions count in the one month that the boots around them leave."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from municipal.database import Database, select
from municipal.intake.taking import take_in
from municipal.report import draw_report
from municipal.sessions import as_text, station_sessions
from municipal.tables import records
from study.month import month_of
from study.record import AnchorRecord, Record, StudyRecord
from study.units import BootId, Epoch, MonotonicMs, Seq
from study.wire import Run
from tests.municipal.box import HOUR, MINUTE, anchor, runs_of, study
from tests.municipal.city import city_database

NEW_MONTH = datetime(2026, 10, 31, 16, tzinfo=UTC)
"""Midnight in Beijing."""
DAY = timedelta(days=1)
LATER = NEW_MONTH + 60 * DAY

pytestmark = pytest.mark.usefixtures("backend")


def session(seq: int, boot: int, opened_ms: int = MINUTE, ordinal: int | None = None) -> StudyRecord:
    """Half an hour that counts."""
    opened = MonotonicMs(opened_ms)
    return study(
        seq, boot=BootId(f"b{boot}"), opened_ms=opened, boot_ordinal=boot if ordinal is None else ordinal
    )


def told(seq: int, boot: int, began: datetime, mono_ms: int = HOUR) -> AnchorRecord:
    held = anchor(seq, mono_ms, began + timedelta(milliseconds=mono_ms), BootId(f"b{boot}"))
    return replace(held, boot_ordinal=boot)


def take(database: Database, *held: Record, at: datetime = LATER, epoch: str = "00112233445566aa") -> None:
    for run in runs_of("V1", held, epoch=Epoch(epoch)):
        take_in(database, run, None, at)


def months(database: Database) -> dict[int, str | None]:
    """By number, of the first epoch's study records."""
    query = select(records.c.seq, records.c.month).where(records.c.record_kind == "study")
    with database.reading() as connection:
        return {row.seq: row.month for row in connection.execute(query.order_by(records.c.epoch.desc()))}


def test_a_boot_between_two_of_one_month_counts_in_it_though_its_day_is_unknown(database: Database) -> None:
    take(database, told(1, 1, NEW_MONTH), session(2, 2), told(3, 3, NEW_MONTH + 5 * DAY))
    assert months(database) == {2: "2026-11"}
    with database.reading() as connection:
        drawn = draw_report(connection, "2026-11")
        listed = station_sessions(connection, "V1", "2026-11")
    assert (drawn.city.total_ms, drawn.unplaced) == (30 * MINUTE, 0)
    assert [each.started_at for each in listed] == [None]
    assert "日期不详" in as_text(listed)


def test_a_boot_around_the_end_of_a_month_stays_unplaced(database: Database) -> None:
    take(database, told(1, 1, NEW_MONTH - DAY), session(2, 2), told(3, 3, NEW_MONTH + DAY))
    assert months(database) == {2: None}


def test_what_has_arrived_was_watched_before(database: Database) -> None:
    take(database, told(1, 1, NEW_MONTH + DAY), session(2, 2), at=NEW_MONTH + 20 * DAY)
    assert months(database) == {2: "2026-11"}


def test_without_an_ordinal_nothing_is_bounded(database: Database) -> None:
    take(database, told(1, 1, NEW_MONTH), session(2, 2, ordinal=0), told(3, 3, NEW_MONTH + DAY))
    assert months(database) == {2: None}


def test_ordinals_of_two_epochs_order_nothing(database: Database) -> None:
    take(database, told(1, 1, NEW_MONTH), session(2, 2))
    take(database, told(1, 3, NEW_MONTH + DAY), epoch="ffffffffffffffff")
    assert months(database) == {2: None}


def test_an_anchor_in_one_epoch_bounds_the_boots_of_another(database: Database) -> None:
    """The same boot went on after the database was rebuilt."""
    take(database, session(1, 1), session(2, 2), session(3, 3))
    take(database, told(1, 1, NEW_MONTH), told(2, 3, NEW_MONTH + DAY), epoch="ffffffffffffffff")
    assert months(database) == {1: "2026-11", 2: "2026-11", 3: "2026-11"}


def test_a_session_that_went_on_over_a_reboot_moves_no_later_boot(database: Database) -> None:
    """Its second record holds what was played in both boots, which is no time of the first one."""
    first = session(2, 1, opened_ms=0)
    longer = study(3, 200 * HOUR, 2000 * HOUR, boot=first.boot, opened_ms=first.opened_ms, boot_ordinal=1)
    longer = replace(longer, replaces=Seq(2), reason="continued")
    around = [told(1, 1, NEW_MONTH - 3 * DAY), first, longer, session(4, 2), told(5, 3, NEW_MONTH - DAY)]
    take(database, *around)
    assert months(database)[4] == "2026-10"


@dataclass(frozen=True)
class Life:
    """A box's boots as they really were, and its records."""

    records: list[Record]
    truth: dict[int, str]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Six boots around the end of a month; some learn the time, with an error; some hours in each."""
    now = NEW_MONTH - timedelta(hours=draw(st.integers(0, 24 * 20)))
    held: list[Record] = []
    truth: dict[int, str] = {}
    for boot in range(1, 7):
        now += timedelta(milliseconds=draw(st.integers(0, 4 * 24 * HOUR)))
        ends = 0
        for _ in range(draw(st.integers(0, 2))):
            opened = ends + draw(st.integers(0, 40 * HOUR))
            ends = opened + 30 * MINUTE
            held.append(session(len(held) + 1, boot, opened))
            truth[len(held)] = month_of(now + timedelta(milliseconds=opened))
        if draw(st.booleans()):
            off = timedelta(milliseconds=draw(st.integers(-40, 40)))
            held.append(told(len(held) + 1, boot, now + off, draw(st.integers(0, ends))))
        now += timedelta(milliseconds=ends)
    if not held:
        held.append(told(1, 1, now))
    return Life(held, truth)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=lives(), data=st.data())
def test_whatever_the_order_of_arrival_a_month_that_is_set_is_the_true_one(
    tmp_path_factory: pytest.TempPathFactory, life: Life, data: st.DataObject
) -> None:
    cuts = data.draw(st.sets(st.integers(2, max(2, len(life.records)))))
    parts: list[Run] = runs_of("V1", life.records, tuple(cuts))
    folder = tmp_path_factory.mktemp("order")
    found = []
    for name, runs in (("straight", parts), ("shuffled", data.draw(st.permutations(parts)))):
        database = city_database(folder / name)
        for run in runs:
            take_in(database, run, None, LATER)
        found.append(months(database))
        database.close()
    assert found[0] == found[1]
    # An anchor may be 40 ms off, and so what began within that of midnight.
    assert all(month in (None, life.truth[seq]) for seq, month in found[0].items() if _is_clear(life, seq))


def _is_clear(life: Life, seq: int) -> bool:
    record = life.records[seq - 1]
    own = [
        each
        for each in life.records
        if isinstance(each, AnchorRecord) and each.boot_ordinal == record.boot_ordinal
    ]
    if not own or not isinstance(record, StudyRecord):
        return True
    at = own[0].anchor.at(record.opened_ms)
    return abs(at - NEW_MONTH) > timedelta(milliseconds=100)


def test_a_record_with_a_new_number_dates_no_boot_by_what_was_played_in_the_next(database: Database) -> None:
    went_on = study(
        2, 3 * HOUR, boot=BootId("b1"), opened_ms=MonotonicMs(MINUTE), boot_ordinal=1, reason="continued"
    )
    first = told(1, 1, NEW_MONTH - timedelta(hours=2), MINUTE)
    take(database, first, went_on, session(3, 2), told(4, 3, NEW_MONTH + DAY))
    assert months(database) == {2: "2026-10", 3: None}
