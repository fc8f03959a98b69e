"""Receipts: there and back, the same bytes; torn, too new and other files told apart."""

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study.document import CarriedError, OtherFileError, TooNewError, TornError, written
from study.receipt import Receipt, SignedReceipt, Taken, pack, unpack
from study.record import Refusal
from study.units import Epoch, Seq, StationNumber
from tests.study.parcels import KEY, signed_receipt

DATA = pack(signed_receipt())

takens = st.builds(
    lambda epoch, first, size, mark, words: Taken(
        Epoch(epoch), Seq(first), Seq(first + size), mark, (Refusal(Seq(first), "bad_facts", words),)
    ),
    st.text("0123456789abcdef", min_size=16, max_size=16),
    st.integers(1, 10**9),
    st.integers(0, 10**6),
    st.integers(0, 10**9),
    st.text(max_size=50),
)
receipts = st.builds(
    Receipt,
    parcel=st.text("0123456789abcdef", min_size=64, max_size=64),
    station=st.text(max_size=20).map(StationNumber),
    key_id=st.text(max_size=20),
    utc_ms=st.integers(0, 2**50),
    new=st.integers(0, 10**6),
    taken=st.lists(takens, max_size=3).map(tuple),
)


@given(receipts)
def test_what_was_packed_comes_back(receipt: Receipt) -> None:
    signed = SignedReceipt(receipt, bytes(64))

    assert unpack(pack(signed)) == signed


def test_the_signature_holds_after_the_journey() -> None:
    signed = unpack(DATA)

    KEY.public_key().verify(signed.signature, signed.receipt.to_sign)


def test_cut_anywhere_it_is_torn() -> None:
    for end in range(len(DATA)):
        with pytest.raises(TornError):
            unpack(DATA[:end])


def test_one_changed_byte_is_told_or_breaks_the_signature() -> None:
    for at in range(len(DATA)):
        changed = bytearray(DATA)
        changed[at] ^= 0x01
        try:
            signed = unpack(bytes(changed))
        except CarriedError:
            continue
        assert (signed.receipt, signed.signature) != (signed_receipt().receipt, signed_receipt().signature)


def test_something_behind_it_is_torn() -> None:
    for more in (b"\n", b"\r\n", b"\0", DATA):
        with pytest.raises(TornError):
            unpack(DATA + more)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + DATA, b"PK\x03\x04", b"[]", b'{"zhanxue_parcel":1}'])
def test_other_files_are_no_receipts(data: bytes) -> None:
    with pytest.raises(OtherFileError):
        unpack(data)


def test_a_later_version_is_told_as_such() -> None:
    later = written("zhanxue_receipt", 2, {"something": "else"})
    with pytest.raises(TooNewError):
        unpack(later + b"\n" + b64encode(bytes(64)) + b"\n")


@pytest.mark.parametrize(
    ("plain", "spoiled"),
    [
        ('"first":1', '"first":0'),
        ('"last":7', '"last":1'),
        ('"seq":2', '"seq":8'),
        ('"utc_ms":17', '"utc_ms":-17'),
        ('"new":9', '"new":9.0'),
        ('"new":9', '"new":9,"more":1'),
        ('"new":9', '"new": 9'),
    ],
)
def test_what_makes_no_sense_is_torn(plain: str, spoiled: str) -> None:
    assert plain.encode() in DATA
    with pytest.raises(TornError):
        unpack(DATA.replace(plain.encode(), spoiled.encode(), 1))


@given(st.binary(max_size=300))
def test_any_bytes_give_one_of_the_errors(data: bytes) -> None:
    with pytest.raises(CarriedError):
        unpack(data)


@settings(max_examples=300)
@given(st.data())
def test_a_spoiled_receipt_gives_one_of_the_errors_or_loses_its_signature(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(DATA)))
    end = data.draw(st.integers(start, len(DATA)))
    spoiled = DATA[:start] + data.draw(st.binary(max_size=80)) + DATA[end:]
    try:
        signed = unpack(spoiled)
    except CarriedError:
        return
    assert pack(signed) == spoiled
