"""Every way to read what was typed as syllables, and no way that leads nowhere."""

import pytest

from agent.search.readings import Readings
from agent.search.spelling import Alphabets, Piece, alphabets, spellings

TITLES = "发酵床养猪政务礼仪西安先法案反感方案凡干农业中国庄长"


@pytest.fixture(scope="module")
def known() -> Alphabets:
    readings = Readings()
    readings.learn(TITLES)
    return alphabets(readings)


def read(typed: str, known: Alphabets) -> set[str]:
    """Whole syllables with a dot, unfinished ones with a star."""
    alphabet = known.digits if typed.isdigit() else known.letters
    return {
        " ".join(piece.letters + ("." if piece.is_whole else "*") for piece in spelling)
        for spelling in spellings(typed, alphabet)
    }


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("fjc", {"f* j* c*"}),
        ("fajiaoch", {"fa. jiao. ch*"}),
        ("xian", {"xian*", "xi. an*"}),
        ("fangan", {"fang. an*", "fan. gan*"}),
        ("zhwly", {"zh* w* l* y*", "z* h* w* l* y*"}),
        ("352", {"3* 5* 2*"}),
        ("3252", {"3* 2* 5* 2*"}),
    ],
)
def test_what_was_typed_can_be_read_so(typed: str, ways: set[str], known: Alphabets) -> None:
    assert ways <= read(typed, known)


def test_a_syllable_may_lack_its_last_letters_only_at_the_end(known: Alphabets) -> None:
    assert "fa. jia*" in read("fajia", known)
    assert "fa. jia. ch*" not in read("fajiach", known)


def test_digits_are_beginnings_or_syllables_but_not_both_at_once(known: Alphabets) -> None:
    for spelling in read("32542624", known):
        assert spelling.count("*") in (1, 8)


def test_what_nobody_could_mean_has_no_spelling(known: Alphabets) -> None:
    assert read("iiii", known) == {"i* i* i* i*", "i. i. i. i*"}
    assert len(spellings("zhongguonongye" * 4, known.letters)) <= 24
    assert len(spellings("9" * 60, known.digits)) <= 24


def test_a_class_holds_every_reading_that_fits(known: Alphabets) -> None:
    whole = known.letters.class_of(Piece("zhang", is_whole=True))
    begun = known.letters.class_of(Piece("zh", is_whole=False))
    assert whole
    assert set(whole) < set(begun)
    assert known.letters.class_of(Piece("zh", is_whole=True)) == ""
