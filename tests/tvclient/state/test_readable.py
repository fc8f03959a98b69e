"""What the catalogue calls a course is shown without what no screen can show."""

import pytest

from tvclient.state.readable import readable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("发酵床养猪", "发酵床养猪"),
        ("  农家院\t改造\r\n十二讲 ", "农家院 改造 十二讲"),
        ("甜\x00瓜\x1b[31m\x7f", "甜瓜[31m"),
        ("\u202e倒写\u202c\u200f", "倒写"),
        ("养猪🐷🐖技术👨\u200d🌾", "养猪技术"),
        ("孤\ud800独", "孤独"),
        ("埝坛村𠮷野家", "埝坛村𠮷野家"),
        ("دورة 课程 שלום", "课程"),
        ("☎️ 热线", "☎ 热线"),
        ("🐷", ""),
        ("", ""),
    ],
)
def test_what_is_left_of_a_title(text: str, shown: str) -> None:
    assert readable(text) == shown


def test_a_huge_title_is_not_read_to_its_end() -> None:
    assert len(readable("长" * 10_000_000)) == 500
