"""Intake: every record counts exactly once, in whatever order, pieces and number of copies it comes."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from municipal.bulletin.drawing import draw_bulletin
from municipal.bulletin.page import as_page
from municipal.bulletin.sheets import sheets_of
from municipal.bulletin.workbook import as_workbook
from municipal.database import Database, open_database, sqlite_url
from municipal.errors import RequestError, StorageError
from municipal.intake.taking import Receipt, run_of, take_in
from municipal.report import Report, draw_report
from municipal.report_text import as_json, as_text
from municipal.stores.alarms import all_alarms
from municipal.stores.keys import BoxKey, KeyState
from study.record import AnchorRecord, Record, StudyRecord
from study.rules import Kind, Why
from study.units import BootId, Epoch, Seq, StationNumber
from study.wire import Run, encode
from tests.municipal.box import BOOT, HOUR, MINUTE, NOON, anchor, runs_of, study
from tests.municipal.city import START, city_database


def take(database: Database, *runs: Run) -> list[Receipt]:
    return [take_in(database, run, None, START) for run in runs]


def report(database: Database, month: str = "2026-11") -> Report:
    with database.reading() as connection:
        return draw_report(connection, month)


def city_ms(database: Database, month: str = "2026-11") -> int:
    return report(database, month).city.total_ms


def one_run(*records: Record, station: str = "V1") -> Run:
    return runs_of(station, records)[0]


def codes(receipt: Receipt) -> list[tuple[int, str]]:
    return [(refusal.seq, refusal.code) for refusal in receipt.refusals]


def test_a_run_is_counted_and_acknowledged(database):
    receipt = take(database, one_run(anchor(1), study(2), study(3, 10 * MINUTE), study(4)))[0]
    assert (receipt.high_water, receipt.new, receipt.refusals) == (4, 4, ())
    drawn = report(database)
    assert (drawn.records, drawn.counted, drawn.city.total_ms) == (3, 2, HOUR)


def test_the_same_run_again_changes_no_figure(database):
    run = one_run(anchor(1), study(2))
    first, second = take(database, run, run)
    assert (second.high_water, second.new, second.repeated) == (first.high_water, 0, 2)
    assert city_ms(database) == 30 * MINUTE


def test_a_parcel_that_comes_too_early_is_kept_and_the_mark_waits_for_the_gap_to_close(database):
    early, late = reversed(runs_of("V1", [anchor(1), study(2), study(3), study(4)], cuts=(3,)))
    first, second = take(database, early, late)
    assert (first.high_water, first.new) == (0, 2)
    assert (second.high_water, second.alarms) == (4, 0)
    assert city_ms(database) == 90 * MINUTE


def test_the_mark_jumps_over_more_than_a_page_of_records(database):
    runs = runs_of("V1", [study(n) for n in range(1, 2302)])
    take(database, *runs[1:])
    assert take(database, runs[0])[0].high_water == 2301


def test_marks_of_epochs_and_stations_are_apart(database):
    records = [study(1), study(2)]
    other = runs_of("V1", records, epoch=Epoch("ffffffffffffffff"))[0]
    receipts = take(database, one_run(*records), other, one_run(study(1), station="C1"))
    assert [receipt.high_water for receipt in receipts] == [2, 2, 1]


def test_same_id_with_other_content_keeps_the_first_and_raises_each_alarm_once(database):
    take(database, one_run(anchor(1), study(2)))
    clone = one_run(anchor(1), study(2, 50 * MINUTE), study(3))
    first, again = take(database, clone, clone)
    assert codes(first) == codes(again) == [(2, "other_content")]
    assert (first.alarms, again.alarms) == (2, 0)
    told = [(alarm.seq, alarm.code) for alarm in all_alarms_of(database)]
    assert told == [(2, "other_content"), (3, "chain_broken")]
    assert city_ms(database) == HOUR
    assert report(database).set_aside == 1


def all_alarms_of(database: Database):
    with database.reading() as connection:
        return all_alarms(connection)


def test_a_broken_chain_is_told_and_the_records_count(database):
    whole = one_run(anchor(1), study(2), study(3), study(4))
    forged = replace(whole, before=b"\0" * 32)
    receipt = take(database, forged)[0]
    assert (receipt.high_water, receipt.alarms) == (4, 1)
    assert [(alarm.seq, alarm.code) for alarm in all_alarms_of(database)] == [(1, "chain_broken")]
    assert city_ms(database) == 90 * MINUTE


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (study(2, rule="bj-2099"), "unknown_rule"),
        (replace(study(2), effective_ms=HOUR), "other_result"),
        (replace(study(2, 10 * MINUTE), why=Why.COUNTED), "other_result"),
        (replace(study(2), overlap_ms=HOUR), "bad_facts"),
        (replace(study(2), opened_ms=2**52), "bad_facts"),
        (replace(study(2), screen="tv\0"), "bad_facts"),
        (replace(study(2), replaces=2, reason="x"), "bad_replacement"),
        (anchor(2, at=START + timedelta(days=2)), "bad_anchor"),
        (anchor(2, at=NOON - timedelta(days=365 * 30)), "bad_anchor"),
        (anchor(2, mono_ms=-1), "bad_anchor"),
    ],
)
def test_a_wrong_record_is_set_aside_and_the_others_of_its_run_are_taken(database, wrong, code):
    run = one_run(anchor(1), wrong, study(3))
    first, again = take(database, run, run)
    assert codes(first) == codes(again) == [(2, code)]
    assert (first.high_water, again.repeated) == (3, 2)
    drawn = report(database)
    assert (drawn.city.total_ms, drawn.set_aside) == (30 * MINUTE, 1)


def test_a_refused_record_does_not_take_the_number_of_a_sound_one(database):
    take(database, one_run(anchor(1), replace(study(2), effective_ms=HOUR)))
    take(database, one_run(anchor(1), study(2)))
    assert city_ms(database) == 30 * MINUTE


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_only_the_last_of_a_chain_of_replacements_counts_whichever_comes_first(database, order):
    records = [
        anchor(1),
        study(2, 20 * MINUTE),
        study(3, 25 * MINUTE, replaces=Seq(2), reason="continued"),
        study(4, 40 * MINUTE, replaces=Seq(3), reason="continued", opened_ms=2 * HOUR),
    ]
    runs = runs_of("V1", records, cuts=(3, 4))
    take(database, *(runs[n] for n in order))
    assert city_ms(database) == 40 * MINUTE
    assert report(database).replaced == 2


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 1, 0)])
def test_of_two_records_that_replace_the_same_one_only_the_later_counts(database, order):
    records = [
        anchor(1),
        study(2, 20 * MINUTE),
        study(3, 25 * MINUTE, replaces=Seq(2), reason="continued"),
        study(4, 40 * MINUTE, replaces=Seq(2), reason="continued"),
    ]
    runs = runs_of("V1", records, cuts=(3, 4))
    take(database, *(runs[n] for n in order))
    assert city_ms(database) == 40 * MINUTE


def test_a_record_of_another_session_is_not_replaced(database):
    """A copied box means by 2 a record of its own; the platform holds another under that number."""
    stranger = study(3, 20 * MINUTE, replaces=Seq(2), reason="continued", opened_ms=9 * HOUR)
    take(database, one_run(anchor(1), study(2), stranger))
    assert city_ms(database) == 50 * MINUTE


def test_a_refused_record_replaces_nothing(database):
    bad = replace(study(3, 40 * MINUTE, replaces=Seq(2)), effective_ms=HOUR, reason="continued")
    take(database, one_run(anchor(1), study(2), bad))
    assert city_ms(database) == 30 * MINUTE


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (0, 2)])
def test_a_refused_or_lost_continuation_lets_no_session_count_twice(database, order):
    bad = replace(study(3, 40 * MINUTE, replaces=Seq(2)), effective_ms=HOUR, reason="continued")
    records = [anchor(1), study(2, 20 * MINUTE), bad, study(4, 50 * MINUTE, replaces=Seq(2), reason="x")]
    runs = runs_of("V1", records, cuts=(3, 4))
    take(database, *(runs[n] for n in order))
    assert city_ms(database) == 50 * MINUTE


def test_sessions_wait_unplaced_until_an_anchor_of_their_boot_arrives(database):
    records = [study(1), study(2, boot=BootId("another")), anchor(3)]
    runs = runs_of("V1", records, cuts=(3,))
    take(database, runs[0])
    assert (city_ms(database), report(database).unplaced, report(database).unplaced_ms) == (0, 2, HOUR)
    take(database, runs[1])
    assert (city_ms(database), report(database).unplaced) == (30 * MINUTE, 1)


def test_a_better_anchor_moves_a_session_to_its_month(database):
    rough = anchor(2, error_ms=30 * 24 * HOUR, at=NOON - timedelta(days=20))
    take(database, *runs_of("V1", [study(1), rough, anchor(3)], cuts=(3,))[:1])
    assert (city_ms(database, "2026-10"), city_ms(database)) == (30 * MINUTE, 0)
    take(database, *runs_of("V1", [study(1), rough, anchor(3)], cuts=(3,))[1:])
    assert (city_ms(database, "2026-10"), city_ms(database)) == (0, 30 * MINUTE)


def test_a_session_over_the_end_of_a_month_belongs_to_the_month_of_its_start_in_beijing(database):
    new_year = NOON.replace(month=10, day=31, hour=16, minute=0)
    before, after = study(2, opened_ms=0), study(3, opened_ms=1)
    take(database, one_run(anchor(1, at=new_year - timedelta(milliseconds=1)), before, after))
    assert (city_ms(database, "2026-10"), city_ms(database)) == (30 * MINUTE, 30 * MINUTE)


def key_of(station: str) -> BoxKey:
    return BoxKey(StationNumber(station), "k", b"", KeyState.ACTIVE)


@pytest.mark.parametrize("body", [b"", b"x", b"\x78\x9c", encode(one_run(study(1)))[:-3]])
def test_bytes_that_are_no_run_are_refused(body):
    with pytest.raises(RequestError) as caught:
        run_of(body, key_of("V1"))
    assert (caught.value.status, caught.value.code) == (400, "not_a_run")


@pytest.mark.parametrize("epoch", ["", "0", "0123456789ABCDEF", "0123456789abcdef0"])
def test_an_epoch_of_another_form_is_refused(epoch):
    with pytest.raises(RequestError):
        run_of(encode(runs_of("V1", [study(1)], epoch=Epoch(epoch))[0]), key_of("V1"))


def test_a_run_of_another_station_is_refused():
    with pytest.raises(RequestError) as caught:
        run_of(encode(one_run(study(1))), key_of("C1"))
    assert caught.value.code == "other_station"


def test_a_full_disk_keeps_nothing_and_says_try_again(tmp_path):
    city_database(tmp_path / "municipal.db").close()
    database = open_database(sqlite_url(tmp_path / "municipal.db"))
    with database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(StorageError):
        take(database, one_run(*(study(n) for n in range(1, 201))))
    database.close()
    after = open_database(sqlite_url(tmp_path / "municipal.db"))
    assert report(after).unplaced == 0
    assert take(after, one_run(*(study(n) for n in range(1, 201))))[0].high_water == 200
    after.close()


BOOTS = [BootId(f"boot-{n}") for n in range(3)]


def a_years_box(seed: int, count: int) -> list[Record]:
    """Sessions, replacements, anchors of three boots (one without) and a record that will be refused."""
    chance = random.Random(seed)
    records: list[Record] = []
    for seq in range(1, count + 1):
        boot = chance.choice(BOOTS)
        kind = chance.random()
        if kind < 0.15 and boot != BOOTS[2]:
            at = NOON + timedelta(days=chance.choice((-25, 0)), milliseconds=seq * HOUR)
            records.append(anchor(seq, seq * HOUR, at, boot, chance.choice((50, 500))))
        elif kind < 0.4 and seq > 2 and not isinstance(records[seq - 2], AnchorRecord):
            target = Seq(chance.choice((seq - 1, max(1, seq - 2))))
            played, first = chance.randrange(50 * MINUTE), records[target - 1]
            boot = first.boot if isinstance(first, StudyRecord) else boot
            records.append(study(seq, played, boot=boot, replaces=target, reason="continued"))
        elif kind < 0.5:
            records.append(study(seq, 5 * HOUR, 0, boot=boot, kind=Kind.LIVE))
        elif kind < 0.55:
            records.append(replace(study(seq, boot=boot), effective_ms=HOUR))
        else:
            records.append(study(seq, chance.randrange(50 * MINUTE), boot=boot))
    return records


def bulletin(database: Database) -> list[bytes]:
    """Both months to the byte, but for the count of repeated deliveries."""
    found = []
    for month in ("2026-10", "2026-11"):
        drawn = replace(report(database, month), repeated=0)
        with database.reading() as connection:
            sheets = sheets_of(draw_bulletin(connection, month))
        found += [as_text(drawn).encode(), as_json(drawn).encode()]
        found += [as_page(month, sheets).encode(), as_workbook(month, sheets)]
    return found


@pytest.mark.usefixtures("backend")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_any_order_splitting_and_repetition_of_deliveries_gives_the_same_bytes(tmp_path_factory, data, seed):
    parts: list[Run] = []
    straight: list[Run] = []
    for station in ("V1", "C1"):
        records = a_years_box(seed, 16)
        straight += runs_of(station, records)
        cuts = data.draw(st.sets(st.integers(2, 16)))
        other_cuts = data.draw(st.sets(st.integers(2, 16)))
        parts += runs_of(station, records, tuple(cuts))
        again = runs_of(station, records, tuple(other_cuts))
        parts += data.draw(st.lists(st.sampled_from(again), max_size=4))
    shuffled = data.draw(st.permutations(parts))
    folder = tmp_path_factory.mktemp("order")
    found = []
    for name, runs in (("straight", straight), ("shuffled", shuffled)):
        database = city_database(folder / name)
        receipts = take(database, *runs)
        found.append(bulletin(database))
        assert all_alarms_of(database) == ()
        assert max(receipt.high_water for receipt in receipts) == 16
        database.close()
    assert found[0] == found[1]


def test_a_boot_of_the_generator_has_no_anchor_and_some_records_are_refused():
    records = a_years_box(7, 24)
    assert any(isinstance(record, AnchorRecord) for record in records)
    assert BOOT not in BOOTS
