"""A masked name shows its ends and nothing between."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.group.masking import STAR, masked

NAMES = st.text(st.characters(categories=["L", "M", "N", "P", "Zs", "Cf"]), max_size=40)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李秀芳", "李*芳"),
        ("陈静", "陈*"),
        ("欧阳娜娜", "欧*娜"),
        ("阿依古丽·买买提", "阿*提"),
        ("安", "安*"),
        ("", ""),
        ("·（）", ""),
        ("Anna Lee", "A*e"),
        ("Zoe\u0301", "Z*e\u0301"),
        ("O'Neil", "O*l"),
        ("李强（二组）", "李*"),
        ("（二组）李强", "李*"),
        ("（二组", "二*"),
        ("一\u200d二\u200d三", "一*三"),
        ("𬱖旸", "𬱖*"),
        ("葛\U000e0100城市", "葛\U000e0100*市"),
        ("陈 静", "陈*"),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert masked(name) == shown


@given(NAMES)
def test_never_more_than_two_letters_are_shown(name: str) -> None:
    shown = masked(name)
    letters = [c for c in shown if unicodedata.category(c)[0] in "LN"]
    if shown:
        assert STAR in shown and 1 <= len(letters) <= 2
    else:
        assert not any(unicodedata.category(c)[0] in "LN" for c in name)


@given(st.text("王李张陈小明红\u4e00\u9fa5", min_size=3))
def test_of_a_chinese_name_the_ends_alone(name: str) -> None:
    assert masked(name) == name[0] + STAR + name[-1]
