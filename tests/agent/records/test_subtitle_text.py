"""Subtitles leave the box in UTF-8, whatever they came in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.records.subtitle_text import as_utf8

LINES = (
    "大球盖菇又叫皱环球盖菇",
    "选料要新鲜、干燥、无霉变",
    "好",
    "是的",
    "第一讲 党的建设 Part 1",
    "谢谢观看",
)


def srt(*lines: str) -> str:
    cues = (f"{n}\r\n00:00:0{n},000 --> 00:00:0{n},900\r\n{line}\r\n" for n, line in enumerate(lines, 1))
    return "\r\n".join(cues)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("lines", [LINES, *((line,) for line in LINES)])
def test_the_text_stays_the_same(encoding: str, lines: tuple[str, ...]) -> None:
    assert as_utf8(srt(*lines).encode(encoding)).decode() == srt(*lines)


def test_traditional_writing_in_its_own_encoding_is_known() -> None:
    text = srt("繁體中文字幕測試內容", "歡迎收看，我們現在開始上課")
    assert as_utf8(text.encode("big5")).decode() == text


@given(st.binary(max_size=400))
def test_whatever_it_is_comes_out_as_text(content: bytes) -> None:
    assert "\0" not in as_utf8(content).decode()
