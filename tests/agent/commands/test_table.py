"""Tables fit their terminal, with Chinese characters two columns wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from agent.commands.table import shortened, table

HEAD = ("课程", "状态")
ROWS = [("乡村振兴与基层治理专题讲座第一讲", "待上传"), ("short", "已上传")]


def widest(text: str) -> int:
    return max(wcswidth(line) for line in text.splitlines())


def test_columns_stand_below_each_other() -> None:
    lines = table(HEAD, ROWS).splitlines()
    starts = {
        wcswidth(line[: line.index(state)])
        for line, state in zip(lines[2:], ("待上传", "已上传"), strict=True)
    }
    assert len(starts) == 1


@pytest.mark.parametrize("width", [20, 24, 30])
def test_the_widest_column_makes_way_in_a_narrow_terminal(width: int) -> None:
    said = table(HEAD, ROWS, width)
    assert widest(said) <= width
    assert "…" in said and "待上传" in said


def test_a_pipe_gets_all_of_it_and_a_tiny_terminal_still_something() -> None:
    assert ROWS[0][0] in table(HEAD, ROWS, None)
    assert "待上传" in table(HEAD, ROWS, 1)


def test_a_cell_is_cut_only_where_that_makes_the_table_fit() -> None:
    head = ("编号", "课程", "开始", "学习", "时长", "计入", "结果")
    row = ("1", "乡村振兴与基层治理", "11-22 10:20", "0:00:06", "0:00:04", "0:00:00", "没有播放，未计入")
    assert all(cell in table(head, [row], 40) for cell in row)
    narrowed = table(head, [row], 70)
    assert widest(narrowed) <= 70 and all(figure in narrowed for figure in row[2:6])


def test_words_of_others_cannot_move_the_cursor() -> None:
    assert "\x1b" not in table(HEAD, [("a\x1b[2Jb\r\nc", "d")])


@given(st.text(st.characters(exclude_categories=("C", "M", "Z")), max_size=40), st.integers(2, 30))
def test_shortened_text_fits(text: str, columns: int) -> None:
    assert wcswidth(shortened(text, columns)) <= columns or wcswidth(text) <= columns
