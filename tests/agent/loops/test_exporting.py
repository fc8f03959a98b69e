"""Export: all that waits, of all epochs, whole or not at all; needless parcels go, others never."""

import errno
import os
from pathlib import Path

import pytest

from agent.errors import DiskFullError, StickError
from agent.loops import exporting
from agent.loops.exporting import Carrier, export_to
from agent.loops.importing import import_from
from agent.stores.box import Box
from agent.stores.delivery.epochs import begin
from agent.stores.delivery.outbox import settle, take_run
from agent.stores.disk.database import Database
from agent.stores.stick import files
from study.parcel import PARCEL_BYTES_MAX, runs_of, unpack
from study.record import chain_start, chained
from study.station import Station, StationType
from study.units import StationNumber
from tests.agent.stick import NUMBER, Office, make_carrier, states, study, waiting_numbers
from tests.fakes.fake_clock import FakeClock

BOX = Box(Station(NUMBER, "前门社区", "东城区", StationType.COMMUNITY), f"{NUMBER}-key-1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "stick" / "ZHANXUE"


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def test_everything_that_waits_is_in_the_parcel_and_still_waits(carrier: Carrier, folder: Path) -> None:
    study(carrier, 5)
    exported = export_to(carrier, folder)

    assert exported.file is not None
    parcel = unpack(exported.file.read_bytes())
    carrier.keys.key.public_key().verify(parcel.signature, parcel.manifest.to_sign)
    assert [record.seq for run in runs_of(parcel) for record in run.records] == [1, 2, 3, 4, 5]
    assert (parcel.manifest.station, parcel.manifest.key_id) == (NUMBER, f"{NUMBER}-key-1")
    assert (exported.records, exported.left, exported.bytes) == (5, 0, exported.file.stat().st_size)
    assert "已导出 5 条" in exported.words
    assert waiting_numbers(carrier) == [1, 2, 3, 4, 5]
    with carrier.database.reading() as tables:
        marked = tables.execute("SELECT DISTINCT exported FROM records").fetchall()
    assert marked == [(exported.file.name,)]


def test_a_run_is_the_very_run_of_the_network(carrier: Carrier, folder: Path) -> None:
    study(carrier, 7)
    with carrier.database.writing() as tables:
        outgoing = take_run(tables, BOX)
    exported = export_to(carrier, folder)

    assert exported.file is not None
    assert outgoing is not None
    assert unpack(exported.file.read_bytes()).runs == (outgoing.body,)


def test_all_epochs_go_each_with_its_chain(carrier: Carrier, folder: Path) -> None:
    study(carrier, 450)
    with carrier.database.writing() as tables:
        settle(tables, 1, 1, 10, [], None)
        first = begin(tables)
    study(carrier, 3, first=450)
    exported = export_to(carrier, folder)

    assert exported.file is not None
    parcel = unpack(exported.file.read_bytes())
    runs = list(runs_of(parcel))
    assert [(part.first, part.last, len(part.runs)) for part in parcel.manifest.parts] == [
        (11, 450, 3),
        (1, 3, 1),
    ]
    assert runs[-1].before == chain_start(NUMBER, first.epoch)
    with carrier.database.writing() as tables:
        settle(tables, 1, 11, 450, [], None)
        row = tables.execute("SELECT chain FROM epochs WHERE number = 1").fetchone()
    assert row[0] == chained(runs[2].before, runs[2].records)


def test_progress_is_told_after_each_run(carrier: Carrier, folder: Path) -> None:
    study(carrier, 401)
    told: list[tuple[int, int]] = []
    export_to(carrier, folder, lambda done, total: told.append((done, total)))

    assert told == [(200, 401), (400, 401), (401, 401)]


def test_nothing_is_written_when_nothing_waits(carrier: Carrier, folder: Path) -> None:
    exported = export_to(carrier, folder)

    assert (exported.file, exported.records) == (None, 0)
    assert "没有等待上传" in exported.words
    assert not folder.exists()


def test_a_box_without_a_station_says_so(tmp_path: Path, office: Office, clock: FakeClock) -> None:
    carrier = make_carrier(tmp_path / "box", office, clock)
    with carrier.database.writing() as tables:
        tables.execute("UPDATE box SET number = NULL")
    with pytest.raises(StickError, match="还没有开通"):
        export_to(carrier, tmp_path)
    carrier.database.close()


def test_a_second_export_holds_all_again_and_the_first_goes(carrier: Carrier, folder: Path) -> None:
    study(carrier, 3)
    first = export_to(carrier, folder)
    study(carrier, 2, first=3)
    second = export_to(carrier, folder)

    assert first.file is not None
    assert second.file is not None
    assert (second.records, second.removed) == (5, (first.file.name,))
    assert names(folder) == [second.file.name]


def test_a_parcel_of_records_that_this_database_does_not_know_stays(
    carrier: Carrier, folder: Path, tmp_path: Path, office: Office, clock: FakeClock
) -> None:
    before = make_carrier(tmp_path / "before", office, clock)
    study(before, 4)
    lost = export_to(before, folder)
    study(carrier, 1)
    export_to(carrier, folder)

    assert lost.file is not None
    assert lost.file.name in names(folder)
    before.database.close()


def test_a_parcel_with_more_of_the_own_epoch_than_is_known_stays(carrier: Carrier, folder: Path) -> None:
    study(carrier, 4)
    whole = export_to(carrier, folder)
    with carrier.database.writing() as tables:
        tables.execute("DELETE FROM records WHERE seq > 2")
        tables.execute("UPDATE epochs SET next_seq = 3")
    carrier.clock.pass_ms(1)  # type: ignore[attr-defined]
    export_to(carrier, folder)

    assert whole.file is not None
    assert whole.file.name in names(folder)
    assert len(names(folder)) == 2


def test_a_parcel_that_the_network_has_delivered_goes(carrier: Carrier, folder: Path) -> None:
    study(carrier, 4)
    export_to(carrier, folder)
    with carrier.database.writing() as tables:
        settle(tables, 1, 1, 4, [], None)
    exported = export_to(carrier, folder)

    assert exported.file is None
    assert names(folder) == []


def test_parcels_of_other_boxes_and_files_of_people_stay(
    carrier: Carrier, folder: Path, tmp_path: Path, office: Office, clock: FakeClock
) -> None:
    other = make_carrier(tmp_path / "other", office, clock, StationNumber("V9"))
    study(other, 2)
    others = export_to(other, folder)
    study(carrier, 2)
    for name in ("photo.jpg", "ZX-00000000-00000000.ZXP", "notes.TMP"):
        (folder / name).write_bytes(b"mine")
    own = export_to(carrier, folder)

    assert others.file is not None
    assert own.file is not None
    kept = {"photo.jpg", "ZX-00000000-00000000.ZXP", "notes.TMP", others.file.name, own.file.name}
    assert set(names(folder)) == kept
    other.database.close()


def test_what_a_torn_out_stick_was_left_with_goes(carrier: Carrier, folder: Path) -> None:
    study(carrier, 2)
    torn = export_to(carrier, folder).file
    assert torn is not None
    torn.write_bytes(torn.read_bytes()[:100])
    (folder / "ZX-12345678-9ABCDEF0.TMP").write_bytes(b"half")
    carrier.clock.pass_ms(1)  # type: ignore[attr-defined]
    exported = export_to(carrier, folder)

    assert exported.file is not None
    assert names(folder) == [exported.file.name]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "U盘已满"),
        (errno.EROFS, "写保护"),
        (errno.EIO, "读写出错"),
        (errno.ENODEV, "找不到U盘"),
    ],
)
def test_a_stick_that_fails_is_told_and_nothing_half_stands_under_the_name(
    carrier: Carrier, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def failing(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    study(carrier, 3)
    monkeypatch.setattr(files.os, "fsync", failing)
    with pytest.raises(StickError, match=words) as caught:
        export_to(carrier, folder)

    assert "没有丢失" in caught.value.words
    assert names(folder) == []
    assert waiting_numbers(carrier) == [1, 2, 3]


def test_a_stick_that_reads_back_something_else_is_told(
    carrier: Carrier, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(_descriptor: int, *_: int) -> None:
        [file] = folder.glob("*.TMP")
        with file.open("r+b") as stored:
            stored.seek(50)
            stored.write(b"\0")

    study(carrier, 3)
    monkeypatch.setattr(files.os, "posix_fadvise", spoil)
    with pytest.raises(StickError, match="读写出错"):
        export_to(carrier, folder)

    assert names(folder) == []


def test_a_full_disk_on_the_box_does_not_keep_the_parcel_back(
    carrier: Carrier, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_database: Database) -> None:
        raise DiskFullError("磁盘已满")

    study(carrier, 3)
    monkeypatch.setattr(Database, "writing", full)
    exported = export_to(carrier, folder)

    assert exported.file is not None
    assert unpack(exported.file.read_bytes()).manifest.records == 3


def test_what_does_not_fit_is_told_and_goes_with_the_next(
    carrier: Carrier, folder: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    study(carrier, 500)
    monkeypatch.setattr(exporting, "RUNS_MAX", 2)
    first = export_to(carrier, folder)
    assert first.file is not None
    assert (first.records, first.left) == (400, 100)
    assert "还有 100 条" in first.words
    office.serve(folder)
    import_from(carrier, folder)
    second = export_to(carrier, folder)

    assert second.file is not None
    assert unpack(second.file.read_bytes()).manifest.parts[0].first == 401
    # One more: what time the receipt told.
    assert second.records == 101


def test_runs_stop_before_the_largest_parcel(
    carrier: Carrier, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study(carrier, 450)
    monkeypatch.setattr(exporting, "PARCEL_BYTES_MAX", exporting._HEADINGS_BYTES + 1_500)
    exported = export_to(carrier, folder)

    assert 0 < exported.records < 450
    assert exported.left == 450 - exported.records
    assert exported.bytes <= PARCEL_BYTES_MAX


def test_records_delivered_while_the_export_reads_are_no_trouble(carrier: Carrier, folder: Path) -> None:
    study(carrier, 450)

    def delivered_meanwhile(_done: int, _total: int) -> None:
        with carrier.database.writing() as tables:
            settle(tables, 1, 1, 450, [], None)
            tables.execute("DELETE FROM records WHERE seq BETWEEN 300 AND 400")

    exported = export_to(carrier, folder, delivered_meanwhile)

    assert exported.file is None or list(runs_of(unpack(exported.file.read_bytes())))
    assert {state for _, _, state in states(carrier)} == {"delivered"}
