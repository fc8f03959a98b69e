"""A name has one way to be kept, and is not shown by accident."""

import pytest

from agent.records.person import Person, read_name
from study.group.card import CardNumber


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  陈\u3000静 ", "陈静"),
        ("Anna  Lee", "Anna Lee"),
        ("ＬＩ", "LI"),
        ("李强（二组）", "李强(二组)"),
        ("𬱖旸", "𬱖旸"),
    ],
)
def test_a_name_has_one_way_to_be_kept(text: str, name: str) -> None:
    assert read_name(text) == read_name(name) == name


@pytest.mark.parametrize("text", ["", " ", "。。", "\ud800", "王\n\0", "名" * 31])
def test_what_is_no_name(text: str) -> None:
    with pytest.raises(ValueError, match="姓名"):
        read_name(text)


def test_a_person_shown_by_accident_is_nobody() -> None:
    assert repr(Person("李秀芳", CardNumber("79927398713"))) == "Person()"
