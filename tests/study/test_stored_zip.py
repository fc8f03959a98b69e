"""Stored zips: any unzip program reads them, and no other bytes pass."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.stored_zip import TornZipError, unzipped, zipped

ENTRIES = [("parcel.json", b'{"a":1}'), ("empty", b""), ("runs/00001.run", bytes(range(256)))]
DATA = zipped(ENTRIES)


def test_what_was_zipped_comes_back() -> None:
    assert unzipped(DATA) == ENTRIES
    assert unzipped(zipped([])) == []


def test_the_standard_library_reads_it() -> None:
    with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
        assert archive.testzip() is None
        assert [(info.filename, archive.read(info)) for info in archive.infolist()] == ENTRIES


def test_cut_anywhere_it_is_torn() -> None:
    for end in range(len(DATA)):
        with pytest.raises(TornZipError):
            unzipped(DATA[:end])


def test_one_changed_byte_anywhere_is_torn() -> None:
    for at in range(len(DATA)):
        changed = bytearray(DATA)
        changed[at] ^= 0x20
        with pytest.raises(TornZipError):
            unzipped(bytes(changed))


def test_something_behind_or_before_it_is_torn() -> None:
    for data in (DATA + b"\0", DATA + DATA, b"\0" + DATA):
        with pytest.raises(TornZipError):
            unzipped(data)


def test_another_zip_with_the_same_files_does_not_pass() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ENTRIES:
            archive.writestr(name, content)

    with pytest.raises(TornZipError):
        unzipped(held.getvalue())


@given(st.binary(max_size=400))
def test_any_bytes_are_torn_or_exactly_what_was_zipped(data: bytes) -> None:
    try:
        entries = unzipped(data)
    except TornZipError:
        return
    assert zipped(entries) == data


@given(st.lists(st.tuples(st.text("abc/.0", max_size=9), st.binary(max_size=40)), max_size=5))
def test_whatever_is_zipped_comes_back(entries: list[tuple[str, bytes]]) -> None:
    assert unzipped(zipped(entries)) == entries
