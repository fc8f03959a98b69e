"""Signs: alike for characters read alike, and the same for good."""

import pytest

from agent.search import readings as module
from agent.search.readings import Readings


def syllables(readings: Readings, character: str) -> set[str]:
    readings.learn(character)
    return {one for read, sign in readings.sets if sign == readings.signs(character) for one in read}


@pytest.mark.parametrize(
    ("character", "read"),
    [
        ("猪", {"zhu"}),
        ("长", {"zhang", "chang"}),
        ("女", {"nv", "nu", "ru"}),
        ("g", {"g"}),
        ("5", {"5"}),
    ],
)
def test_a_character_has_all_its_syllables(character: str, read: set[str]) -> None:
    assert syllables(Readings(), character) == read


def test_what_nobody_reads_stands_for_itself() -> None:
    readings = Readings()
    readings.learn("ж猪")
    assert readings.signs("ж猪")[0] == "ж"
    assert len(readings.signs("从未学过")) == 4


def test_a_sign_never_changes() -> None:
    readings = Readings()
    readings.learn("发酵床")
    before = readings.signs("发酵床")
    readings.let_go()
    readings.learn("养猪的政务礼仪")
    assert readings.signs("发酵床") == before
    assert len(set(readings.signs("养洋"))) == 2, "never learnt"
    readings.learn("洋")
    assert readings.signs("洋") != "洋"


def test_without_the_librarys_table_characters_stay_what_they_are(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    readings = Readings()
    readings.learn("发酵床")
    assert readings.signs("发酵床") == "发酵床"
    assert [record.levelname for record in caplog.records] == ["ERROR"]
