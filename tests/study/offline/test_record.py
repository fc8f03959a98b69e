"""A record of offline study holds, says when it does not, and travels as it is."""

import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.group.pseudonym import pseudonym
from study.offline.examination import check_offline
from study.offline.form import fields_of, of_fields
from study.offline.record import MINUTES_MAX, OfflineRecord
from study.record import chain_start
from study.units import BootId, Epoch, Seq, StationNumber
from study.wire import Run, WireError, decode, encode
from tests.study.test_record import study

STATION, EPOCH = StationNumber("1101150047"), Epoch("0123456789abcdef")
NAMES = tuple(pseudonym(b"k" * 32, f"11070100{n:02}") for n in range(40))
LECTURE = OfflineRecord(
    *(
        Seq(2),
        BootId("a"),
        3,
        90_000,
        "evening_school",
        "果树冬剪",
        "埝坛村文化室",
        "2026-11-20",
        "19:30",
        90,
    ),
    *(NAMES[0], NAMES[:30]),
)

short = st.text(max_size=70)
lectures = st.builds(
    OfflineRecord,
    *(st.just(Seq(2)), short.map(BootId), st.integers(0, 2**40), st.integers(0, 2**53 - 1)),
    *(
        short,
        short,
        short,
        short,
        short,
        st.integers(0, 2**40),
        short,
        st.lists(short, max_size=3).map(tuple),
    ),
    replaces=st.none() | st.integers(1, 9).map(Seq),
    reason=short,
)
jumbled = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=14),
    max_leaves=30,
)


def test_its_hours_are_those_of_everybody_who_was_there() -> None:
    assert check_offline(LECTURE) is None
    assert (LECTURE.held_ms, LECTURE.person_ms) == (5_400_000, 30 * 5_400_000)
    assert LECTURE.ended_at.isoformat() == "2026-11-20T21:00:00+08:00"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": ""}, "bad_facts"),
        ({"title": "长" * 61}, "bad_facts"),
        ({"place": "\0"}, "bad_facts"),
        ({"kind": ""}, "bad_facts"),
        ({"day": "2026-02-30"}, "bad_facts"),
        ({"day": "2026-2-3"}, "bad_facts"),
        ({"day": "1999-12-31"}, "bad_facts"),
        ({"begins": "24:00"}, "bad_facts"),
        ({"begins": "19:30:05"}, "bad_facts"),
        ({"begins": "19:30+02:00"}, "bad_facts"),
        ({"minutes": MINUTES_MAX + 1}, "bad_facts"),
        ({"minutes": 0}, "bad_facts"),
        ({"attendees": ()}, "bad_facts"),
        ({"attendees": (NAMES[0], NAMES[0])}, "bad_facts"),
        ({"attendees": ("李秀芳",)}, "bad_facts"),
        ({"facilitator": "李秀芳"}, "bad_facts"),
        ({"replaces": Seq(2)}, "bad_replacement"),
    ],
)
def test_what_cannot_be_is_said(changes: dict[str, object], code: str) -> None:
    refusal = check_offline(replace(LECTURE, **changes))  # type: ignore[arg-type]
    assert refusal is not None
    assert refusal.code == code


def test_withdrawn_it_has_nobody_and_says_why() -> None:
    gone = replace(
        LECTURE, minutes=0, attendees=(), facilitator="", replaces=Seq(1), reason="corrected 站点: 撤回"
    )
    assert check_offline(gone) is None
    assert gone.is_withdrawn
    assert check_offline(replace(gone, reason="")) is not None


@given(lectures)
def test_it_is_judged_without_a_fault_and_travels_as_it_is(record: OfflineRecord) -> None:
    check_offline(record)
    assert of_fields(json.loads(json.dumps(fields_of(record)))) == record
    other = replace(study(), seq=Seq(1))
    run = Run(STATION, EPOCH, chain_start(STATION, EPOCH), (other, record))
    assert decode(encode(run)) == run


@given(jumbled)
def test_anything_else_is_no_record(value: object) -> None:
    plain = json.loads(
        zlib.decompress(encode(Run(STATION, EPOCH, bytes(32), (replace(LECTURE, seq=Seq(1)),))))
    )
    with pytest.raises(WireError):
        decode(zlib.compress(json.dumps({**plain, "offline": [value]}).encode()))


def test_a_run_without_any_keeps_its_bytes() -> None:
    run = Run(STATION, EPOCH, bytes(32), (replace(study(), seq=Seq(1)),))
    assert b"offline" not in zlib.decompress(encode(run))
