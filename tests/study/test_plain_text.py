"""What is no sign is left out of a text; what is written stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.plain_text import plain_line, plain_text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("发酵床\x00养猪\x1b[31m", "发酵床养猪[31m"),
        ("收入\u202e%50\u2069", "收入%50"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("甲\t乙\u00a0丙", "甲 乙 丙"),
        ("\u3000\u3000首行", "\u3000\u3000首行"),
        ("半个\ud83d字", "半个字"),
        ("ئۇيغۇرچە", "ئۇيغۇرچە"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("e\u0301", "é"),
        ("\ufeff文", "文"),
    ],
)
def test_a_text_is_made_plain(text: str, left: str) -> None:
    assert plain_text(text) == left


def test_a_line_has_no_line_feeds_and_no_blanks_at_its_ends() -> None:
    assert plain_line("\n 第一 \n\n 行 ") == "第一 行"


@given(st.text())
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    plain = plain_text(text)
    assert plain_text(plain) == plain
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in plain.replace("\n", ""))
    plain.encode()
