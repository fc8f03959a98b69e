"""Parcels through the one intake: once, however they come; torn, foreign and struck-off ones told apart."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from municipal.database import select
from municipal.errors import RequestError, StorageError
from municipal.parcels.taking import FOREIGN, NOT_A_PARCEL, REVOKED, TOO_NEW, TORN, take_parcel
from municipal.report import draw_report
from municipal.stores.keys import revoke_keys
from municipal.stores.platform_key import platform_key
from municipal.tables import records
from study.anchor import to_utc_ms
from study.document import written
from study.parcel import PARCEL_BYTES_MAX, unpack
from study.receipt import unpack as unpack_receipt
from study.stored_zip import unzipped, zipped
from study.units import Milliseconds
from tests.municipal.box import EPOCH, MINUTE, Box, anchor, runs_of, study
from tests.municipal.city import START, Backend, chosen
from tests.municipal.parcels.boxes import parcel_of

RECORDS = [anchor(1), *(study(seq) for seq in range(2, 9))]


@pytest.fixture
def box(city) -> Box:
    return city.box("v1")


def refusal_of(city, data: bytes) -> str:
    with pytest.raises(RequestError) as caught:
        take_parcel(city.database, data, START)
    assert held(city) == 0
    return caught.value.code


def held(city) -> int:
    with city.database.reading() as connection:
        return len(connection.execute(select(records.c.seq)).all())


def hours_ms(city) -> int:
    with city.database.reading() as connection:
        return draw_report(connection, "2026-11").city.total_ms


def test_a_parcel_is_taken_and_its_receipt_is_signed(city, box):
    taken = take_parcel(city.database, parcel_of(box, RECORDS), START)

    signed = unpack_receipt(taken.file)
    platform_key(city.database).public_key().verify(signed.signature, signed.receipt.to_sign)
    [part] = signed.receipt.taken
    assert (part.epoch, part.first, part.last, part.high_water, part.refusals) == (EPOCH, 1, 8, 8, ())
    assert (signed.receipt.station, signed.receipt.new) == ("V1", 8)
    assert signed.receipt.utc_ms == to_utc_ms(START)
    assert signed.receipt.parcel == taken.manifest.digest
    assert taken.receipt_name == taken.manifest.file_name.replace(".ZXP", ".ZXR")
    assert held(city) == 8
    assert hours_ms(city) == 7 * 30 * MINUTE


def test_the_same_parcel_again_changes_nothing_and_says_so(city, box):
    data = parcel_of(box, RECORDS)
    first = take_parcel(city.database, data, START)
    again = take_parcel(city.database, data, START + timedelta(days=9))

    assert first.words == "收下 8 条"
    assert "早已收到" in again.words
    assert (again.receipt.new, again.receipt.taken) == (0, first.receipt.taken)
    assert again.receipt.utc_ms > first.receipt.utc_ms
    assert held(city) == 8
    assert hours_ms(city) == 7 * 30 * MINUTE


def test_what_the_network_brought_is_not_counted_again(city, box):
    for run in runs_of("V1", RECORDS[:5]):
        assert box.send(run).status_code == 200
    taken = take_parcel(city.database, parcel_of(box, RECORDS), START)

    assert taken.receipt.new == 3
    assert taken.words == "收下 3 条，5 条早已收到"
    assert hours_ms(city) == 7 * 30 * MINUTE


def test_a_wrong_record_is_refused_by_name_and_the_others_taken(city, box):
    wrong = replace(study(9), effective_ms=Milliseconds(1))
    taken = take_parcel(city.database, parcel_of(box, [*RECORDS, wrong]), START)
    again = take_parcel(city.database, parcel_of(box, [*RECORDS, wrong]), START)

    for receipt in (taken.receipt, again.receipt):
        assert [(r.seq, r.code) for r in receipt.taken[0].refusals] == [(9, "other_result")]
    assert "退回 1 条" in taken.words
    assert held(city) == 8


def test_the_chain_runs_on_over_parcels_and_network(city, box):
    records_ = [*RECORDS, study(9), study(10)]
    runs = runs_of("V1", records_, cuts=[4, 7, 10])
    assert box.send(runs[0]).status_code == 200
    take_parcel(city.database, parcel_of(box, [], runs=runs[1:3]), START)
    assert box.send(runs[3]).json()["high_water"] == 10
    assert city.database is not None
    with city.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM alarms").scalar() == 0


def test_parcels_in_the_wrong_order_leave_the_mark_at_the_gap(city, box):
    runs = runs_of("V1", RECORDS, cuts=[5])
    later = take_parcel(city.database, parcel_of(box, [], runs=runs[1:]), START)
    earlier = take_parcel(city.database, parcel_of(box, [], runs=runs[:1]), START)

    assert later.receipt.taken[0].high_water == 0
    assert earlier.receipt.taken[0].high_water == 8


def test_torn_parcels_are_told(city, box):
    data = parcel_of(box, RECORDS)
    for end in range(0, len(data), 97):
        assert refusal_of(city, data[:end]) == TORN
    assert refusal_of(city, data + b"\0") == TORN


def test_a_manifest_that_promises_other_runs_is_torn(city, box):
    own, others = runs_of("V1", RECORDS), runs_of("C1", RECORDS)
    assert refusal_of(city, parcel_of(box, [], runs=others)) == TORN
    assert refusal_of(city, parcel_of(box, [], runs=[*own, *own])) == TORN


def test_other_files_are_told(city):
    assert refusal_of(city, b"GIF89a" * 100) == NOT_A_PARCEL
    assert refusal_of(city, bytes(PARCEL_BYTES_MAX + 1)) == "too_large"


def test_a_later_version_is_told(city, box):
    (name, _), *rest = unzipped(parcel_of(box, RECORDS))
    later = zipped([(name, written("zhanxue_parcel", 2, {})), *rest])

    assert refusal_of(city, later) == TOO_NEW


def test_foreign_parcels_are_told(city, box):
    stranger = Box(city.url, key_id="V1-0123456789abcdef")
    assert refusal_of(city, parcel_of(stranger, RECORDS)) == FOREIGN
    assert refusal_of(city, parcel_of(box, RECORDS, station="C1")) == FOREIGN
    assert refusal_of(city, parcel_of(box, RECORDS, key=Ed25519PrivateKey.generate())) == FOREIGN
    assert refusal_of(city, parcel_of(Box(city.url, key_id="V1\0"), RECORDS)) == FOREIGN


def test_the_signature_of_a_receipt_is_none_of_the_boxes(city, box):
    signed = unpack_receipt(take_parcel(city.database, parcel_of(box, RECORDS), START).file)
    with pytest.raises(InvalidSignature):
        box.key.public_key().verify(signed.signature, signed.receipt.to_sign)


def test_a_struck_off_box_is_refused(city, box):
    with city.database.writing() as connection:
        revoke_keys(connection, "V1")

    assert refusal_of(city, parcel_of(box, RECORDS)) == REVOKED


def test_a_parcel_that_was_on_its_way_while_the_box_changed_keys_is_taken(city, box):
    with city.database.writing() as connection:
        connection.exec_driver_sql("UPDATE keys SET state = 'replaced'")

    assert take_parcel(city.database, parcel_of(box, RECORDS), START).receipt.new == 8


FAILS_AT_FIVE = {
    Backend.SQLITE: (
        "CREATE TRIGGER disk_full BEFORE INSERT ON records WHEN new.seq = 5"
        " BEGIN SELECT raise(ABORT, 'full'); END",
    ),
    Backend.POSTGRESQL: (
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$",
        "CREATE TRIGGER disk_full BEFORE INSERT ON records FOR EACH ROW WHEN (new.seq = 5)"
        " EXECUTE FUNCTION fail()",
    ),
}


def test_a_database_that_fails_half_way_keeps_the_earlier_runs_and_the_parcel_comes_again(city, box):
    with city.database.writing() as connection:
        for statement in FAILS_AT_FIVE[chosen[0]]:
            connection.exec_driver_sql(statement)
    data = parcel_of(box, RECORDS)
    with pytest.raises(StorageError):
        take_parcel(city.database, data, START)
    assert held(city) == 3
    with city.database.writing() as connection:
        where = " ON records" if chosen[0] is Backend.POSTGRESQL else ""
        connection.exec_driver_sql(f"DROP TRIGGER disk_full{where}")

    assert take_parcel(city.database, data, START).receipt.new == 5
    assert held(city) == 8


def test_so_many_refusals_that_no_receipt_holds_them_end_the_parcel_early(city, box, monkeypatch):
    monkeypatch.setattr("municipal.parcels.taking.REFUSALS_MAX", 3)
    wrong = [replace(study(seq), effective_ms=Milliseconds(1)) for seq in range(1, 10)]
    taken = take_parcel(city.database, parcel_of(box, wrong), START)

    [part] = taken.receipt.taken
    assert (part.first, part.last, len(part.refusals)) == (1, 6, 6)


def test_the_platform_keeps_its_key(city):
    first, second = platform_key(city.database), platform_key(city.database)

    assert first.private_bytes_raw() == second.private_bytes_raw()


def test_records_arrive_as_the_box_wrote_them(city, box):
    data = parcel_of(box, RECORDS)
    take_parcel(city.database, data, START)

    assert unpack(data).manifest.records == len(RECORDS)
    with city.database.reading() as connection:
        rows = connection.execute(select(records.c.seq, records.c.played_ms).order_by(records.c.seq)).all()
    assert [row.played_ms for row in rows] == [None, *([30 * MINUTE] * 7)]
