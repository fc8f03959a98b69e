"""`zhanxue-municipal parcel` at an office: every parcel of a stick, each receipt beside its parcel."""

import os
from pathlib import Path

import pytest

from municipal.errors import StartError
from municipal.parcels.files import as_text, parcel_files, take_file
from study.parcel import unpack
from study.receipt import unpack as unpack_receipt
from tests.municipal.box import anchor, study
from tests.municipal.parcels.boxes import parcel_of

RECORDS = [anchor(1), *(study(seq) for seq in range(2, 6))]


@pytest.fixture
def stick(city, tmp_path: Path) -> Path:
    """A stick with parcels of two boxes, one of them torn, and a photograph."""
    folder = tmp_path / "stick" / "ZHANXUE"
    folder.mkdir(parents=True)
    parcels = [parcel_of(city.box("v1"), RECORDS), parcel_of(city.box("c1"), RECORDS, station="C1")]
    for data in parcels:
        (folder / unpack(data).manifest.file_name).write_bytes(data)
    (folder / "ZX-00000000-00000000.ZXP").write_bytes(parcels[0][:999])
    (tmp_path / "stick" / "photo.jpg").write_bytes(b"no")
    return tmp_path / "stick"


def test_all_parcels_of_a_stick_are_taken_and_told(city, stick):
    brought = [take_file(city.database, file, city.clock) for file in parcel_files([stick])]

    assert sorted(one.done for one in brought) == [False, True, True]
    for one in brought:
        if one.taken is not None:
            receipt = unpack_receipt((one.file.parent / one.taken.receipt_name).read_bytes()).receipt
            assert receipt.parcel == unpack(one.file.read_bytes()).manifest.digest
    table = as_text(brought)
    assert table.count("收下 5 条") == 2
    assert "记录包不完整" in table
    assert sorted(file.suffix for file in (stick / "ZHANXUE").iterdir()) == [".ZXP"] * 3 + [".ZXR"] * 2


def test_a_file_is_taken_whatever_it_is_called(city, stick, tmp_path):
    renamed = tmp_path / "下载 (1).bin"
    renamed.write_bytes(parcel_of(city.box("v1"), RECORDS))
    [one] = [take_file(city.database, file, city.clock) for file in parcel_files([renamed])]

    assert one.done
    assert one.taken is not None
    assert (tmp_path / one.taken.receipt_name).exists()


def test_a_receipt_that_cannot_be_written_is_told(city, stick, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    [file, *_] = [file for file in parcel_files([stick]) if "00000000-0" not in file.name]
    monkeypatch.setattr(os, "fsync", full)
    one = take_file(city.database, file, city.clock)

    assert not one.done
    assert "回执写不到U盘" in one.words
    assert {found.suffix for found in file.parent.iterdir()} == {".ZXP"}


def test_a_path_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StartError, match="没有"):
        parcel_files([tmp_path / "gone"])
    with pytest.raises(StartError, match="没有找到记录包"):
        parcel_files([tmp_path])
