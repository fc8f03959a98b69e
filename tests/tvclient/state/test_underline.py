"""The line under what was typed stays under it, wherever the title is broken or cut."""

import pytest

from tvclient.state.underline import Stretch, underlined

TITLE = "大棚西瓜病虫害防治技术"


@pytest.mark.parametrize(
    ("lines", "stretches", "found"),
    [
        ([TITLE], [(0, 2)], [[(0, 2)]]),
        (["大棚西瓜病", "虫害防治技术"], [(2, 4)], [[(2, 4)], []]),
        (["大棚西瓜病", "虫害防治技术"], [(4, 7), (9, 11)], [[(4, 5)], [(0, 2), (4, 6)]]),
        (["大棚西瓜…"], [(2, 7)], [[(2, 4)]]),
        (["大棚西瓜…"], [(7, 9)], [[]]),
        (["别的题目"], [(0, 2)], [[]]),
        ([], [(0, 2)], []),
        ([TITLE], [], [[]]),
    ],
)
def test_each_line_has_its_own(
    lines: list[str], stretches: list[Stretch], found: list[list[Stretch]]
) -> None:
    assert underlined(TITLE, lines, stretches) == found


def test_a_word_that_stands_twice_is_underlined_where_it_was_meant() -> None:
    assert underlined("养猪养猪", ["养猪", "养猪"], [(2, 4)]) == [[], [(0, 2)]]


def test_a_title_that_itself_ends_so_is_no_cut_one() -> None:
    assert underlined("未完…", ["未完…"], [(0, 3)]) == [[(0, 3)]]
