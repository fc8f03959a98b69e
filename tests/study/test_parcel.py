"""USB parcels: there and back, the same bytes, FAT-safe names; torn, too new and other files told apart."""

import json
import re
import tracemalloc
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study.document import CarriedError, OtherFileError, TooNewError, TornError
from study.parcel import (
    MANIFEST_BYTES_MAX,
    RUNS_MAX,
    Manifest,
    Parcel,
    Part,
    pack,
    receipt_name,
    runs_of,
    unpack,
)
from study.stored_zip import unzipped, zipped
from study.units import MonotonicMs, Seq, StationNumber
from study.wire import WireError, encode
from tests.study.parcels import (
    EPOCHS,
    KEY,
    manifest_of,
    parcel_of,
    part_of,
    runs_of_epoch,
    signed_parcel,
    two_epochs,
)

DATA = pack(two_epochs())


def repacked(**changed: object) -> bytes:
    """The same parcel with other fields in its manifest."""
    (name, head), *rest = unzipped(DATA)
    return zipped([(name, json.dumps({**json.loads(head), **changed}).encode()), *rest])


def test_what_was_packed_comes_back() -> None:
    parcel = unpack(DATA)

    assert parcel == two_epochs()
    assert pack(parcel) == DATA
    assert parcel.manifest.records == 9


def test_the_signature_holds_after_the_journey() -> None:
    parcel = unpack(DATA)

    KEY.public_key().verify(parcel.signature, parcel.manifest.to_sign)


def test_runs_are_the_bytes_of_the_network() -> None:
    first, second = runs_of_epoch(EPOCHS[0], 7), runs_of_epoch(EPOCHS[1], 2)

    assert unpack(DATA).runs == tuple(encode(run) for run in (*first, *second))
    assert list(runs_of(unpack(DATA))) == [*first, *second]


def test_names_are_fat_safe_and_never_collide() -> None:
    parts = (part_of(runs_of_epoch(EPOCHS[0], 3)),)
    of_stations = [manifest_of(*parts, station=StationNumber(f"V{n}")) for n in range(50)]
    of_moments = [replace(manifest_of(*parts), mono_ms=MonotonicMs(n)) for n in range(50)]
    names = [manifest.file_name for manifest in (*of_stations, *of_moments)]

    assert len(set(names)) == 100
    assert all(re.fullmatch(r"ZX-[0-9A-F]{8}-[0-9A-F]{8}\.ZXP", name) for name in names)
    assert len({name[:11] for name in names[50:]}) == 1
    assert receipt_name("ZX-00000000-11111111.ZXP") == "ZX-00000000-11111111.ZXR"


def test_cut_anywhere_it_is_torn() -> None:
    for end in range(len(DATA)):
        with pytest.raises(TornError):
            unpack(DATA[:end])


def test_zeros_in_place_of_what_was_not_written_are_torn() -> None:
    for kept in (0, 512, 1024, len(DATA) - 6):
        with pytest.raises(TornError):
            unpack(DATA[:kept] + bytes(len(DATA) - kept))


def test_one_changed_byte_anywhere_is_told() -> None:
    for at in range(len(DATA)):
        changed = bytearray(DATA)
        changed[at] ^= 0x01
        with pytest.raises((TornError, OtherFileError)):
            unpack(bytes(changed))


def test_something_behind_it_is_torn() -> None:
    for more in (b"\0", b"\n", DATA):
        with pytest.raises(TornError):
            unpack(DATA + more)


@pytest.mark.parametrize("data", [b"GIF89a" * 50, b"PK\x05\x06" + bytes(18), zipped([("photo.jpg", b"1")])])
def test_other_files_are_no_parcels(data: bytes) -> None:
    with pytest.raises(OtherFileError):
        unpack(data)


def test_a_later_version_is_told_as_such() -> None:
    with pytest.raises(TooNewError):
        unpack(repacked(zhanxue_parcel=2))


@pytest.mark.parametrize(
    "changed",
    [
        {"zhanxue_parcel": "1"},
        {"station": 7},
        {"station": "\ud800"},
        {"key_id": "k" * 3_000},
        {"made": []},
        {"made": {"boot": "b", "mono_ms": -1}},
        {"epochs": []},
        {"epochs": [{"epoch": "0123456789abcdef", "first": 1, "last": 9, "runs": []}]},
        {"epochs": [{"epoch": "0123456789abcdef", "first": 0, "last": 3, "runs": ["0" * 64]}]},
        {"epochs": [{"epoch": "0123456789ABCDEF", "first": 1, "last": 3, "runs": ["0" * 64]}]},
        {"epochs": [{"epoch": "0123456789abcdef", "first": 1, "last": 201, "runs": ["0" * 64]}]},
        {"epochs": [{"epoch": "0123456789abcdef", "first": 1, "last": 3, "runs": ["0" * 64]}]},
        {"epochs": {"epoch": 5}},
        {"more": 1},
    ],
)
def test_a_manifest_that_makes_no_sense_is_torn(changed: dict[str, object]) -> None:
    with pytest.raises(TornError):
        unpack(repacked(**changed))


def test_a_deep_manifest_is_torn() -> None:
    _, *rest = unzipped(DATA)
    with pytest.raises(TornError):
        unpack(zipped([("parcel.json", b"[" * 100_000), *rest]))


def test_a_run_that_is_exchanged_is_torn() -> None:
    entries = unzipped(DATA)
    entries[2], entries[3] = (entries[2][0], entries[3][1]), (entries[3][0], entries[2][1])
    with pytest.raises(TornError):
        unpack(zipped(entries))


@pytest.mark.parametrize("kept", [slice(0, -1), slice(1, None), slice(0, 2)])
def test_a_file_too_few_is_torn(kept: slice) -> None:
    with pytest.raises((TornError, OtherFileError)):
        unpack(zipped(unzipped(DATA)[kept]))


def test_a_manifest_that_promises_other_runs_is_told() -> None:
    runs, others = runs_of_epoch(EPOCHS[0], 6), runs_of_epoch(EPOCHS[1], 6)
    whole = part_of(runs)
    promises = [
        replace(whole, epoch=EPOCHS[1]),
        replace(whole, first=Seq(2), last=Seq(7)),
        replace(whole, last=Seq(7)),
        replace(whole, last=Seq(5)),
    ]
    for promise in promises:
        with pytest.raises(WireError):
            list(runs_of(signed_parcel(manifest_of(promise), runs)))
    torn_chain = [runs[0], replace(runs[1], before=others[0].before)]
    with pytest.raises(WireError):
        list(runs_of(parcel_of(torn_chain)))


def test_a_bomb_stays_small() -> None:
    bomb = zlib.compress(bytes(50_000_000), 9)
    part = Part(EPOCHS[0], Seq(1), Seq(3), (part_of(runs_of_epoch(EPOCHS[0], 3)).runs[0],))
    data = zipped([("parcel.json", manifest_of(part).as_bytes()), ("parcel.sig", bytes(64)), ("bomb", bomb)])
    many = zipped([("parcel.json", b"{}"), *((f"{n}", b"") for n in range(60_000))])
    tracemalloc.start()
    for hostile in (data, many, many + many):
        with pytest.raises(TornError):
            unpack(hostile)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000


def test_the_largest_manifest_fits() -> None:
    part = Part(EPOCHS[0], Seq(1), Seq(200 * RUNS_MAX), ("0" * 64,) * RUNS_MAX)

    assert len(manifest_of(part).as_bytes()) < MANIFEST_BYTES_MAX


@given(st.binary(max_size=300))
def test_any_bytes_give_one_of_the_errors(data: bytes) -> None:
    with pytest.raises(CarriedError):
        unpack(data)


@settings(max_examples=300)
@given(st.data())
def test_a_spoiled_parcel_gives_one_of_the_errors(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(DATA)))
    end = data.draw(st.integers(start, len(DATA)))
    spoiled = DATA[:start] + data.draw(st.binary(max_size=80)) + DATA[end:]
    if spoiled != DATA:
        with pytest.raises(CarriedError):
            unpack(spoiled)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300)
@given(st.sampled_from(["zhanxue_parcel", "station", "key_id", "made", "epochs"]), json_values)
def test_any_manifest_gives_the_parcel_or_one_of_the_errors(field: str, value: object) -> None:
    try:
        parcel = unpack(repacked(**{field: value}))
    except CarriedError:
        return
    assert isinstance(parcel, Parcel)
    assert isinstance(parcel.manifest, Manifest)
