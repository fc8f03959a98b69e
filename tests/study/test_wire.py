"""Runs on the wire: there and back, always the same bytes, small, and safe to read from anybody."""

import json
import random
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.anchor import Anchor, AnchorSource
from study.record import AnchorRecord, Record, StudyRecord, chain_start
from study.rules import Kind, Terminal, Why, judge
from study.units import BootId, Epoch, ItemId, Milliseconds, MonotonicMs, Seq, StationNumber
from study.wire import Run, WireError, decode, encode
from tests.study.test_record import study

STATION, EPOCH = StationNumber("1101150047"), Epoch("0123456789abcdef")
BOOTS = tuple(BootId(f"6b1c9a6e-0000-4000-8000-{n:012x}") for n in range(3))
amount = st.integers(0, 2**40)
text = st.text(max_size=20)

studies = st.builds(
    StudyRecord,
    seq=st.just(Seq(1)),
    item_id=text.map(ItemId),
    kind=st.sampled_from(Kind),
    terminal=st.sampled_from(Terminal),
    screen=text,
    boot=st.sampled_from(BOOTS),
    opened_ms=amount.map(MonotonicMs),
    length_ms=amount.map(Milliseconds),
    played_ms=amount.map(Milliseconds),
    covered=st.lists(st.tuples(amount, amount), max_size=3).map(tuple),
    overlap_ms=amount.map(Milliseconds),
    rule=text,
    effective_ms=amount.map(Milliseconds),
    why=st.sampled_from(Why),
    boot_ordinal=st.integers(0, 10**6),
)
anchors = st.builds(
    lambda boot, mono, utc, ordinal: AnchorRecord(
        Seq(1), Anchor(boot, MonotonicMs(mono), utc, Milliseconds(40), AnchorSource.PLATFORM), ordinal
    ),
    st.sampled_from(BOOTS),
    amount,
    amount,
    st.integers(0, 10**6),
)


def run_of(records: list[Record], first: int = 1) -> Run:
    numbered: list[Record] = []
    for seq, record in enumerate(records, first):
        numbered.append(replace(record, seq=Seq(seq)))
        if isinstance(record, StudyRecord) and seq % 3 == 0:
            numbered[-1] = replace(numbered[-1], replaces=Seq(seq - 1), reason="continued")
    return Run(STATION, EPOCH, chain_start(STATION, EPOCH), tuple(numbered))


@given(st.lists(st.one_of(studies, anchors), min_size=1, max_size=12), st.integers(1, 10**6))
def test_a_run_comes_back_as_it_was_and_is_the_same_bytes_again(records: list[Record], first: int) -> None:
    run = run_of(records, first)
    assert decode(encode(run)) == run
    assert encode(decode(encode(run))) == encode(run)


def plausible_sessions(count: int) -> list[Record]:
    chance = random.Random(20261121)
    lengths = {ItemId(f"{c}.{e}"): chance.randint(600_000, 3_600_000) for c in range(60) for e in (1, 2, 3)}
    opened, records = 1_000_000, []
    for seq in range(1, count + 1):
        item = chance.choice(list(lengths))
        length = Milliseconds(lengths[item])
        opened += chance.randint(300_000, 4_000_000)
        played = Milliseconds(chance.randint(60_000, length))
        start = chance.choice([0, chance.randint(0, length - played)])
        verdict = judge("bj-2023", Terminal.TV, Kind.VOD, played, length)
        records.append(
            replace(
                study(seq),
                item_id=item,
                boot=BOOTS[seq // 100],
                opened_ms=MonotonicMs(opened),
                length_ms=length,
                played_ms=played,
                covered=((start, start + played),),
                effective_ms=verdict.effective_ms,
                why=verdict.why,
            )
        )
    return records


def test_a_full_run_takes_at_most_30_bytes_a_record_and_ten_records_fit_in_two_kilobytes() -> None:
    records = plausible_sessions(200)
    assert len(encode(run_of(records))) / 200 <= 30
    assert len(encode(run_of(records[:10]))) < 2_000


@given(st.binary(max_size=300))
def test_any_bytes_are_a_run_or_a_clear_error(data: bytes) -> None:
    for candidate in (data, zlib.compress(data)):
        with pytest.raises(WireError):
            decode(candidate)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.data(), json_values)
def test_a_run_with_any_part_exchanged_is_a_run_or_a_clear_error(data: st.DataObject, value: object) -> None:
    head = json.loads(zlib.decompress(encode(run_of(plausible_sessions(3)))))
    target = head if data.draw(st.booleans()) else head["study"]
    target[data.draw(st.sampled_from(sorted(target)))] = value
    try:
        run = decode(zlib.compress(json.dumps(head).encode()))
    except WireError:
        return
    assert all(isinstance(record, StudyRecord) for record in run.records)


def test_cut_off_bytes_bytes_behind_and_a_bomb_are_refused() -> None:
    good = encode(run_of(plausible_sessions(3)))
    for bad in (good[:-1], good + b"x", zlib.compress(b"[" * 50_000_000)):
        with pytest.raises(WireError):
            decode(bad)


@pytest.mark.parametrize("place", ["station", "epoch", "boots"])
def test_half_a_character_is_no_text(place: str) -> None:
    head = json.loads(zlib.decompress(encode(run_of(plausible_sessions(3)))))
    head[place] = ["\ud800"] * len(head[place]) if place == "boots" else "\ud800"
    with pytest.raises(WireError):
        decode(zlib.compress(json.dumps(head).encode()))


def test_numbers_with_a_gap_make_no_run() -> None:
    one, two = study(1), study(3)
    with pytest.raises(ValueError, match="consecutive"):
        encode(Run(STATION, EPOCH, chain_start(STATION, EPOCH), (one, two)))
