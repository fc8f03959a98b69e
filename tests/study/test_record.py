"""Records: what the platform recomputes, and what the chain shows."""

from dataclasses import replace

import pytest

from study.record import CORRECTED, StudyRecord, chain_start, chained, check, content, correction_in
from study.rules import Kind, Terminal, Why
from study.units import BootId, Epoch, ItemId, Milliseconds, MonotonicMs, Seq, StationNumber

START = chain_start(StationNumber("1101150047"), Epoch("00" * 8))


def study(seq: int = 7, played: int = 25_000, length: int = 100_000, kind: Kind = Kind.VOD) -> StudyRecord:
    counted = kind is Kind.LIVE or played * 5 > length
    return StudyRecord(
        seq=Seq(seq),
        item_id=ItemId("5.1"),
        kind=kind,
        terminal=Terminal.TV,
        screen="tv-1",
        boot=BootId("f3f8d4f3"),
        opened_ms=MonotonicMs(1_000 * seq),
        length_ms=Milliseconds(length),
        played_ms=Milliseconds(played),
        covered=((0, played),) if kind is Kind.VOD else (),
        overlap_ms=Milliseconds(0),
        rule="bj-2023",
        effective_ms=Milliseconds(played if counted else 0),
        why=Why.COUNTED if counted else Why.TOO_SHORT_SHARE,
    )


def test_a_record_whose_result_the_rule_gives_again_is_sound() -> None:
    assert check(study()) is None
    assert check(study(played=20_000)) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"effective_ms": Milliseconds(25_001)}, "other_result"),
        ({"why": Why.TOO_SHORT_SHARE}, "other_result"),
        ({"length_ms": Milliseconds(0)}, "other_result"),
        ({"rule": "bj-1999"}, "unknown_rule"),
        ({"played_ms": Milliseconds(-1)}, "bad_facts"),
        ({"overlap_ms": Milliseconds(25_001)}, "bad_facts"),
        ({"covered": ((5, 5),)}, "bad_facts"),
        ({"covered": ((0, 10), (10, 20))}, "bad_facts"),
        ({"covered": ((0, 100_001),)}, "bad_facts"),
        ({"covered": ((0, 90_000),)}, "bad_facts"),
        ({"opened_ms": MonotonicMs(2**53)}, "bad_facts"),
        ({"replaces": Seq(7)}, "bad_replacement"),
        ({"replaces": Seq(0)}, "bad_replacement"),
    ],
)
def test_a_record_that_cannot_be_is_refused_in_words(change: dict[str, object], code: str) -> None:
    refusal = check(replace(study(), **change))
    assert refusal is not None
    assert (refusal.seq, refusal.code) == (7, code)
    assert refusal.words


def test_the_chain_shows_an_edit_a_gap_and_another_order() -> None:
    one, two, three = study(1), study(2), study(3)
    whole = chained(START, [one, two, three])
    assert chained(chained(START, [one]), [two, three]) == whole
    assert chained(START, [one, replace(two, played_ms=Milliseconds(25_002)), three]) != whole
    assert chained(START, [one, three]) != whole
    assert chained(START, [two, one, three]) != whole


def test_every_field_is_part_of_the_content() -> None:
    changed = {
        "item_id": ItemId("5.2"),
        "kind": Kind.LIVE,
        "terminal": Terminal.WEB,
        "screen": "tv-2",
        "boot": BootId("0"),
        "opened_ms": MonotonicMs(1),
        "length_ms": Milliseconds(1),
        "played_ms": Milliseconds(1),
        "covered": (),
        "overlap_ms": Milliseconds(1),
        "rule": "x",
        "effective_ms": Milliseconds(1),
        "why": Why.CAPPED,
        "replaces": Seq(1),
        "reason": "x",
        "boot_ordinal": 3,
        "seq": Seq(8),
    }
    assert set(changed) == set(StudyRecord.__dataclass_fields__)
    assert len({content(study()), *(content(replace(study(), **{k: v})) for k, v in changed.items())}) == 18


def test_a_correction_says_who_and_why_and_any_other_reason_says_none() -> None:
    assert correction_in(f"{CORRECTED} 王芳: 人已离开") == "王芳: 人已离开"
    assert [correction_in(reason) for reason in ("", "continued", "joined", CORRECTED)] == [""] * 4


def test_the_reading_of_an_article_is_a_record_that_counts_nothing() -> None:
    reading = replace(
        study(played=25_000, length=0),
        kind=Kind.ARTICLE,
        item_id=ItemId("article:5"),
        covered=(),
        effective_ms=Milliseconds(0),
        why=Why.NOT_IN_RULE,
    )
    assert check(reading) is None
    counted = check(replace(reading, effective_ms=Milliseconds(25_000), why=Why.COUNTED))
    assert counted is not None
    assert counted.code == "other_result"
    elsewhere = check(replace(reading, item_id=ItemId("5.1")))
    assert elsewhere is not None
    assert elsewhere.code == "bad_facts"
