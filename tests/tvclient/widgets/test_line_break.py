"""Lines are broken and cut as a Chinese reader expects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvclient.widgets.line_break import ELLIPSIS, NOT_FIRST, break_lines, cut_with_ellipsis, line_end

SIGN_PX = 10


def measure(text: str) -> float:
    return float(sum(SIGN_PX // 2 if sign.isascii() else SIGN_PX for sign in text))


def test_a_text_that_fits_stays_on_one_line() -> None:
    assert break_lines("政务礼仪", 40, 2, measure) == ["政务礼仪"]


def test_chinese_breaks_between_any_two_signs() -> None:
    assert break_lines("依靠人民创造历史", 40, 2, measure) == ["依靠人民", "创造历史"]


def test_what_does_not_fit_is_cut_with_an_ellipsis() -> None:
    assert break_lines("依靠人民创造历史伟业", 40, 2, measure) == ["依靠人民", "创造历…"]


def test_closing_punctuation_never_begins_a_line() -> None:
    assert break_lines("一二三四，五", 40, 2, measure) == ["一二三", "四，五"]


def test_opening_punctuation_never_ends_a_line() -> None:
    assert break_lines("一二三（四五", 40, 2, measure) == ["一二三", "（四五"]


def test_words_and_numbers_stay_whole() -> None:
    assert break_lines("学习 2026 年", 30, 3, measure) == ["学习", "2026 ", "年"] or break_lines(
        "学习 2026 年", 30, 3, measure
    ) == ["学习", "2026", "年"]


def test_a_word_longer_than_the_line_is_broken_all_the_same() -> None:
    assert "".join(break_lines("abcdefghijkl", 30, 3, measure)) == "abcdefghijkl"


def test_line_feeds_break_and_the_rest_is_joined_in_the_last_line() -> None:
    assert break_lines("一\n二\n三", 60, 2, measure) == ["一", "二 三"]


def test_nothing_gives_no_line() -> None:
    assert break_lines("", 40, 2, measure) == []


@given(st.text(alphabet="一二三，。（ab 12…", max_size=60), st.integers(30, 120), st.integers(1, 4))
def test_every_line_fits_and_nothing_is_lost_without_an_ellipsis(text: str, width: int, lines: int) -> None:
    broken = break_lines(text, width, lines, measure)
    assert len(broken) <= lines
    assert all(measure(line) <= width for line in broken)
    if ELLIPSIS not in text and not any(line.endswith(ELLIPSIS) for line in broken):
        assert "".join("".join(broken).split()) == "".join(text.split())


@pytest.mark.parametrize("sign", NOT_FIRST[:4])
def test_a_cut_keeps_room_for_the_ellipsis(sign: str) -> None:
    assert cut_with_ellipsis("一二三四" + sign, 40, measure) == "一二三…"


def test_what_makes_one_sign_stays_together() -> None:
    assert break_lines("一二三👩\u200d🌾", 50, 2, measure)[0] == "一二三"
    assert break_lines("一二ee\u0301", 30, 2, measure) == ["一二", "ee\u0301"]


@given(st.text(alphabet="一，（a ", min_size=1, max_size=400), st.integers(30, 4_000))
def test_a_line_ends_where_the_whole_text_would_break(text: str, width: int) -> None:
    end = line_end(text, width, measure)
    assert 1 <= end <= len(text)
    assert measure(text[:end]) <= width
    assert end == len(text) or measure(text) > width
