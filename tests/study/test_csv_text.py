"""CSV is read in any encoding, and one fault costs one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.csv_text import csv_rows, decoded


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_is_found(encoding: str) -> None:
    assert decoded("姓名,卡号\n李秀芳,1".encode(encoding)) == "姓名,卡号\n李秀芳,1"


@pytest.mark.parametrize("data", [b"\0\1\2", b"\xff\xff\xff", b"\xff\xfe\x00\xd8", b"\xff"])
def test_what_is_no_text_is_none(data: bytes) -> None:
    assert decoded(data) is None


def test_lines_are_numbered_whatever_ends_them() -> None:
    text = 'a,b\r\n\r\n"c\nd",e\rf'
    assert list(csv_rows(text)) == [(1, ["a", "b"], ""), (3, ["c\nd", "e"], ""), (5, ["f"], "")]


def test_a_quote_that_never_closes_costs_its_line() -> None:
    rows = list(csv_rows('a\n"b\nc\n'))
    assert [(row[0], row[1], bool(row[2])) for row in rows] == [
        (1, ["a"], False),
        (2, [], True),
        (3, ["c"], False),
    ]


@given(st.text(), st.sampled_from(",\t"))
def test_any_text_is_read(text: str, delimiter: str) -> None:
    for number, fields, trouble in csv_rows(text, delimiter):
        assert number >= 1 and bool(fields) != bool(trouble)
