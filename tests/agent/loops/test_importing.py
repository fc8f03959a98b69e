"""Import: a receipt settles once, whatever the network did meanwhile; wrong receipts are told apart."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.errors import StickError
from agent.loops import importing
from agent.loops.exporting import Carrier, export_to
from agent.loops.importing import Imported, ReceiptFate, import_from
from agent.records.void import void
from agent.stores.dates.moments import anchors_of
from agent.stores.delivery.epochs import begin, read_epoch
from agent.stores.delivery.outbox import follow_mark, put_in_place, record_at, refusals, settle
from agent.stores.stick import receipts
from study.anchor import AnchorSource
from study.document import written
from study.receipt import SignedReceipt, pack, unpack
from study.record import Refusal, content
from study.units import Seq, StationNumber
from tests.agent.stick import Office, make_carrier, states, study, waiting_numbers
from tests.fakes.fake_clock import FakeClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def exported(carrier: Carrier, folder: Path) -> bytes:
    file = export_to(carrier, folder).file
    assert file is not None
    return file.read_bytes()


def imported(carrier: Carrier, folder: Path, data: bytes) -> Imported:
    folder.mkdir(exist_ok=True)
    (folder / "R.ZXR").write_bytes(data)
    [one] = import_from(carrier, folder / "R.ZXR")
    return one


def delivered(carrier: Carrier, epoch_no: int = 1) -> list[int]:
    return [seq for number, seq, state in states(carrier) if (number, state) == (epoch_no, "delivered")]


def test_a_receipt_settles_its_records_and_goes_with_its_parcel(
    carrier: Carrier, folder: Path, office: Office
) -> None:
    study(carrier, 5)
    exported(carrier, folder)
    office.serve(folder)
    [one] = import_from(carrier, folder)

    assert (one.fate, one.delivered, one.refused) == (ReceiptFate.TAKEN, 5, 0)
    assert one.words.endswith("；回执和记录包已从U盘删去")
    assert delivered(carrier) == [1, 2, 3, 4, 5]
    assert list(folder.iterdir()) == []
    with carrier.database.reading() as tables:
        state = read_epoch(tables, 1)
    assert (state.settled, state.high_water) == (5, 5)


def test_the_time_of_the_receipt_is_not_earlier_than_now(
    carrier: Carrier, folder: Path, office: Office, clock: FakeClock
) -> None:
    study(carrier, 1)
    imported(carrier, folder, office.receipt(exported(carrier, folder)))

    with carrier.database.reading() as tables:
        [anchor] = anchors_of(tables, clock.boot)
        placed = tables.execute("SELECT count(*) FROM sessions WHERE opened_utc_ms IS NOT NULL").fetchone()
    assert (anchor.source, anchor.utc_ms) == (AnchorSource.USB, office.utc_ms)
    assert anchor.mono_ms == clock.mono_ms()
    assert placed == (0,)


def test_refused_records_are_marked_with_the_reason(carrier: Carrier, folder: Path, office: Office) -> None:
    study(carrier, 4)
    one = imported(carrier, folder, office.receipt(exported(carrier, folder), refused=(2, 3)))

    assert (one.delivered, one.refused) == (2, 2)
    assert "2 条被退回" in one.words
    with carrier.database.reading() as tables:
        assert [(r.seq, r.code, r.words) for r in refusals(tables)] == [
            (2, "bad_facts", "矛盾"),
            (3, "bad_facts", "矛盾"),
        ]


def test_all_epochs_are_settled_each_by_its_own_numbers(
    carrier: Carrier, folder: Path, office: Office
) -> None:
    study(carrier, 3)
    with carrier.database.writing() as tables:
        begin(tables)
    study(carrier, 2, first=3)
    one = imported(carrier, folder, office.receipt(exported(carrier, folder)))

    assert one.delivered == 5
    assert (delivered(carrier, 1), delivered(carrier, 2)) == ([1, 2, 3], [1, 2])


def test_what_was_studied_after_the_export_still_waits(
    carrier: Carrier, folder: Path, office: Office
) -> None:
    study(carrier, 3)
    data = exported(carrier, folder)
    study(carrier, 2, first=3)
    imported(carrier, folder, office.receipt(data))

    assert set(waiting_numbers(carrier)) >= {4, 5}
    assert delivered(carrier) == [1, 2, 3]


def test_the_network_may_have_delivered_any_part_meanwhile(
    tmp_path: Path, office: Office, clock: FakeClock
) -> None:
    for first, last in ((1, 3), (1, 6), (2, 4), (5, 6)):
        box = make_carrier(tmp_path / f"{first}-{last}", office, clock)
        study(box, 6)
        data = exported(box, tmp_path / f"stick-{first}-{last}")
        with box.database.writing() as tables:
            settle(tables, 1, first, last, [Refusal(Seq(last), "by_network", "先到")], None)
        one = imported(box, tmp_path / f"stick-{first}-{last}", office.receipt(data, refused=(last, 1)))

        # The first telling stands.
        assert [seq for _, seq, state in states(box) if state == "waiting" and seq <= 6] == []
        with box.database.reading() as tables:
            assert (last, "by_network") in {(r.seq, r.code) for r in refusals(tables)}
            assert read_epoch(tables, 1).settled == 6
        assert one.delivered + one.refused == 6 - (last - first + 1)
        box.database.close()


def test_a_receipt_may_come_slice_by_slice(
    carrier: Carrier, folder: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipts, "SLICE", 3)
    monkeypatch.setattr(importing, "SLICE", 3)
    study(carrier, 8)
    data = office.receipt(exported(carrier, folder), refused=(4,))
    (folder / "R.ZXR").write_bytes(data)
    told: list[tuple[int, int]] = []
    [one] = import_from(carrier, folder / "R.ZXR", lambda done, total: told.append((done, total)))

    assert (one.delivered, one.refused) == (7, 1)
    assert told == [(3, 8), (6, 8), (8, 8)]


def test_an_import_that_was_cut_off_is_followed_again(
    carrier: Carrier, folder: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(done: int, _total: int) -> None:
        if done == 6:
            raise KeyboardInterrupt

    monkeypatch.setattr(receipts, "SLICE", 3)
    monkeypatch.setattr(importing, "SLICE", 3)
    study(carrier, 8)
    data = office.receipt(exported(carrier, folder), refused=(4, 8))
    (folder / "R.ZXR").write_bytes(data)
    with pytest.raises(KeyboardInterrupt):
        import_from(carrier, folder / "R.ZXR", cut_off)
    assert waiting_numbers(carrier) == [7, 8]
    [one] = import_from(carrier, folder / "R.ZXR")

    assert (one.fate, one.delivered, one.refused) == (ReceiptFate.TAKEN, 1, 1)


def test_a_void_record_shows_why_the_first_was_refused(
    carrier: Carrier, folder: Path, office: Office
) -> None:
    study(carrier, 2)
    with carrier.database.writing() as tables:
        first = record_at(tables, 1, Seq(2))
        put_in_place(tables, 1, void(Refusal(Seq(2), "not_a_run", "读不懂"), first))
        kept = tables.execute("SELECT seq, content FROM voided").fetchall()
    assert kept == [(2, content(first))]
    one = imported(carrier, folder, office.receipt(exported(carrier, folder)))

    assert (one.delivered, one.refused) == (1, 1)
    with carrier.database.reading() as tables:
        assert refusals(tables) == (Refusal(Seq(2), "not_a_run", "读不懂"),)


def test_a_replayed_receipt_changes_nothing(carrier: Carrier, folder: Path, office: Office) -> None:
    study(carrier, 4)
    data = office.receipt(exported(carrier, folder))
    imported(carrier, folder, data)
    with carrier.database.writing() as tables:
        # The platform was restored from an older copy, and the network has told so.
        follow_mark(tables, 1, 1)
    one = imported(carrier, folder, data)

    assert (one.fate, one.delivered) == (ReceiptFate.OLD, 0)
    assert one.words.endswith("；回执已从U盘删去")
    assert set(waiting_numbers(carrier)) >= {2, 3, 4}
    assert not (folder / "R.ZXR").exists()


def test_a_receipt_that_cannot_be_removed_is_taken_all_the_same(
    carrier: Carrier, folder: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_protected(_files: list[Path]) -> None:
        raise StickError("U盘不能写入")

    study(carrier, 2)
    data = office.receipt(exported(carrier, folder))
    monkeypatch.setattr(importing, "remove", write_protected)
    one = imported(carrier, folder, data)

    assert (one.fate, one.delivered) == (ReceiptFate.TAKEN, 2)
    assert one.words.endswith("；回执没能从U盘删去，不影响使用")


def test_a_later_receipt_of_the_same_parcel_counts(carrier: Carrier, folder: Path, office: Office) -> None:
    study(carrier, 4)
    parcel = exported(carrier, folder)
    imported(carrier, folder, office.receipt(parcel))
    with carrier.database.writing() as tables:
        follow_mark(tables, 1, 1)
    one = imported(carrier, folder, office.receipt(parcel))

    assert (one.fate, one.delivered) == (ReceiptFate.TAKEN, 3)


def test_a_platform_that_lost_what_it_had_is_found_out(
    carrier: Carrier, folder: Path, office: Office
) -> None:
    study(carrier, 4)
    imported(carrier, folder, office.receipt(exported(carrier, folder)))
    study(carrier, 2, first=4)
    data = exported(carrier, folder)
    office.high_water = 1
    one = imported(carrier, folder, office.receipt(data))

    assert "将重新上传" in one.words
    assert set(waiting_numbers(carrier)) >= {2, 3, 4, 5, 6}


def test_a_mark_that_is_low_because_the_receipt_is_old_costs_nothing(
    carrier: Carrier, folder: Path, office: Office
) -> None:
    study(carrier, 4)
    data = office.receipt(exported(carrier, folder))
    study(carrier, 6, first=4)
    with carrier.database.writing() as tables:
        settle(tables, 1, 1, 10, [], None)
        follow_mark(tables, 1, 10)
    imported(carrier, folder, data)

    assert [seq for seq in waiting_numbers(carrier) if seq <= 10] == []


def test_torn_foreign_new_and_other_files_are_told_and_stay(
    carrier: Carrier, folder: Path, office: Office, tmp_path: Path, clock: FakeClock
) -> None:
    study(carrier, 3)
    data = office.receipt(exported(carrier, folder))
    signed = unpack(data)
    forged = pack(SignedReceipt(replace(signed.receipt, utc_ms=1), signed.signature))
    other_box = make_carrier(tmp_path / "other", office, clock)
    study(other_box, 2)
    others = office.receipt(exported(other_box, tmp_path / "others"))
    other_station = make_carrier(tmp_path / "station", office, clock, StationNumber("V9"))
    study(other_station, 2)
    elsewhere = office.receipt(exported(other_station, tmp_path / "elsewhere"))
    cases = [
        (data[:-1], ReceiptFate.TORN),
        (b"", ReceiptFate.TORN),
        (data + b"\n", ReceiptFate.TORN),
        (bytes(len(data)), ReceiptFate.TORN),
        (forged, ReceiptFate.FOREIGN),
        (Office().receipt(exported(carrier, folder)), ReceiptFate.FOREIGN),
        (others, ReceiptFate.OTHER_BOX),
        (elsewhere, ReceiptFate.OTHER_BOX),
        (b"GIF89a", ReceiptFate.NOT_A_RECEIPT),
        (written("zhanxue_receipt", 2, {}) + b"\nAAAA\n", ReceiptFate.TOO_NEW),
    ]
    for spoiled, fate in cases:
        one = imported(carrier, folder, spoiled)
        assert (one.fate, one.delivered, one.refused) == (fate, 0, 0)
        assert (folder / "R.ZXR").exists()
    assert waiting_numbers(carrier) == [1, 2, 3]
    assert imported(carrier, folder, data).delivered == 3
    other_box.database.close()
    other_station.database.close()


def test_a_receipt_cut_at_any_byte_settles_nothing(carrier: Carrier, folder: Path, office: Office) -> None:
    study(carrier, 3)
    data = office.receipt(exported(carrier, folder))
    for end in range(0, len(data), 7):
        assert imported(carrier, folder, data[:end]).fate is ReceiptFate.TORN
    assert waiting_numbers(carrier) == [1, 2, 3]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_spoiled_receipt_never_settles_anything(
    carrier: Carrier, folder: Path, office: Office, data: st.DataObject
) -> None:
    if not states(carrier):
        study(carrier, 3)
    good = office.receipt(exported(carrier, folder))
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, len(good)))
    spoiled = good[:start] + data.draw(st.binary(max_size=40)) + good[end:]
    if spoiled != good:
        assert imported(carrier, folder, spoiled).delivered == 0
        assert waiting_numbers(carrier) == [1, 2, 3]


def test_a_pipe_or_a_link_is_not_read(carrier: Carrier, folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "A.ZXR")
    (folder / "B.ZXR").symlink_to("/etc/passwd")
    (folder / "C.ZXR").mkdir()
    fates = [one.fate for one in import_from(carrier, folder)]

    assert fates == [ReceiptFate.UNREADABLE] * 3


def test_receipts_are_found_in_the_folder_of_the_stick_too(
    carrier: Carrier, folder: Path, office: Office
) -> None:
    study(carrier, 2)
    exported(carrier, folder / "ZHANXUE")
    office.serve(folder / "ZHANXUE")
    [one] = import_from(carrier, folder)

    assert one.delivered == 2


def test_without_a_station_or_the_platforms_key_it_is_said_what_to_do(carrier: Carrier, folder: Path) -> None:
    folder.mkdir()
    with carrier.database.writing() as tables:
        tables.execute("UPDATE box SET platform_key = NULL")
    with pytest.raises(StickError, match="先联网一次"):
        import_from(carrier, folder)
    with carrier.database.writing() as tables:
        tables.execute("UPDATE box SET number = NULL")
    with pytest.raises(StickError, match="还没有开通"):
        import_from(carrier, folder)
    with pytest.raises(StickError, match="找不到"):
        import_from(carrier, folder / "gone")
