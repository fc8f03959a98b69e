"""A group study's record holds, says when it does not, and travels as it is."""

import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.group.attendance import Stay, Via
from study.group.examination import check_group
from study.group.form import fields_of, of_fields
from study.group.hours import Part
from study.group.moment import BootStretch, Moment
from study.group.pseudonym import pseudonym, station_key
from study.group.record import Attendee, GroupRecord
from study.record import chain_start, content
from study.rules import CURRENT, Kind
from study.units import BootId, Epoch, ItemId, Milliseconds, Seq, StationNumber
from study.wire import Run, WireError, decode, encode
from tests.study.group.made import groups
from tests.study.test_record import study

STATION, EPOCH = StationNumber("1101150047"), Epoch("0123456789abcdef")
ONE, OTHER = (pseudonym(b"k" * 32, card) for card in ("1107010007", "1107010015"))
EVENING = GroupRecord(
    seq=Seq(9),
    screen="tv-1",
    boots=((BootId("a"), 3), (BootId("b"), 4)),
    opened=Moment(0, 1_000),
    ended=Moment(1, 90_000),
    kind="evening_school",
    theme="",
    facilitator=ONE,
    parts=(
        Part(
            *(ItemId("5.3"), Kind.VOD, Seq(7), Milliseconds(0), Milliseconds(100_000)),
            (BootStretch(0, 2_000, 62_000), BootStretch(1, 10_000, 50_000)),
        ),
    ),
    discussions=(BootStretch(1, 50_000, 80_000),),
    attendees=(
        Attendee(ONE, Via.PHONE, (Stay(Moment(0, 1_000), Moment(1, 90_000)),), Milliseconds(100_000)),
        Attendee(OTHER, Via.CARD, (Stay(Moment(0, 32_000), Moment(1, 20_000)),), Milliseconds(40_000)),
    ),
    rule=CURRENT,
    effective_ms=Milliseconds(100_000),
)


def wrong(**changes: object) -> str | None:
    refusal = check_group(replace(EVENING, **changes))  # type: ignore[arg-type]
    return None if refusal is None else refusal.code


def with_person(**changes: object) -> str | None:
    return wrong(attendees=(replace(EVENING.attendees[0], **changes),))  # type: ignore[arg-type]


@given(groups())
def test_what_comes_of_the_domain_holds(record: GroupRecord) -> None:
    assert check_group(record) is None


def test_the_evening_holds() -> None:
    assert wrong() is None


@pytest.mark.parametrize("ms", [99_999, 100_001, 0])
def test_more_or_less_than_the_rule_gives_does_not(ms: int) -> None:
    assert wrong(effective_ms=Milliseconds(ms)) == "other_result"
    assert with_person(person_ms=Milliseconds(ms)) == "other_result"


def test_a_rule_that_is_not_known() -> None:
    assert wrong(rule="bj-1999") == "unknown_rule"


def test_it_replaces_only_what_is_earlier() -> None:
    assert wrong(replaces=Seq(8)) is None
    assert wrong(replaces=Seq(9)) == "bad_replacement"


@pytest.mark.parametrize(
    "changes",
    [
        {"ended": Moment(1, 49_999)},
        {"ended": Moment(0, 90_000)},
        {"opened": Moment(0, 2_001)},
        {"opened": Moment(1, 0)},
        {"boots": ((BootId("a"), 3), (BootId("a"), 3))},
        {"kind": ""},
        {"kind": "长" * 21},
        {"theme": "长" * 61},
        {"facilitator": "李秀芳"},
        {"attendees": (EVENING.attendees[0], EVENING.attendees[0])},
        {"discussions": (BootStretch(1, 80_000, 50_000),)},
        {"parts": (replace(EVENING.parts[0], session=Seq(9)),)},
    ],
)
def test_facts_that_contradict_each_other(changes: dict[str, object]) -> None:
    assert wrong(**changes) == "bad_facts"


@pytest.mark.parametrize(
    "changes",
    [
        {"stays": ()},
        {"stays": (Stay(Moment(1, 5), Moment(0, 5)),)},
        {"stays": (Stay(Moment(0, 999), Moment(1, 5)),)},
        {"stays": (Stay(Moment(0, 1_000), Moment(1, 90_001)),)},
        {"pseudonym": "1107010007"},
    ],
)
def test_people_who_cannot_have_been_there_so(changes: dict[str, object]) -> None:
    assert with_person(**changes) == "bad_facts"


@given(groups())
def test_it_comes_back_from_its_bytes_as_it_was(record: GroupRecord) -> None:
    form, *fields = json.loads(content(record))
    assert form == "group"
    assert of_fields(fields) == record


@given(st.lists(groups(), min_size=1, max_size=3))
def test_it_travels_in_one_run_with_what_else_there_is(records: list[GroupRecord]) -> None:
    held = [study(), *records, study()]
    numbered = tuple(replace(one, seq=Seq(n)) for n, one in enumerate(held, 5))
    run = Run(STATION, EPOCH, chain_start(STATION, EPOCH), numbered)
    assert decode(encode(run)) == run


_junk = st.recursive(st.none() | st.integers() | st.text(max_size=3) | st.floats(), st.lists, max_leaves=6)


@given(st.integers(0, 13), _junk)
def test_a_field_of_junk_is_refused_or_is_one_that_may_be_so(place: int, junk: object) -> None:
    fields = json.loads(json.dumps(fields_of(EVENING)))
    fields[place] = junk
    try:
        made = of_fields(fields)
    except (ValueError, TypeError):
        return
    check_group(made)  # never raises
    content(made)


def test_a_run_with_a_broken_group_is_no_run() -> None:
    run = Run(STATION, EPOCH, chain_start(STATION, EPOCH), (EVENING,))
    head = json.loads(zlib.decompress(encode(run)))
    head["groups"][0][2] = []
    data = zlib.compress(json.dumps(head).encode())
    with pytest.raises(WireError):
        decode(data)


def test_forty_people_take_less_than_a_kilobyte_and_a_half() -> None:
    stay = EVENING.attendees[0].stays
    people = tuple(
        Attendee(pseudonym(b"k", str(n)), Via.PHONE, stay, Milliseconds(100_000)) for n in range(40)
    )
    run = Run(STATION, EPOCH, chain_start(STATION, EPOCH), (replace(EVENING, attendees=people),))
    assert len(encode(run)) < 1_500


def test_pseudonyms_differ_by_station_and_card_and_say_nothing_of_either() -> None:
    keys = [station_key(b"c" * 32, number) for number in ("1101150047", "1101150048")]
    names = {pseudonym(key, card) for key in keys for card in ("1107010007", "1107010015")}
    assert len(names) == 4
    assert all(len(name) == 32 for name in names)
