"""A result tells at a glance what it is, why it is here, and whether it plays now."""

import pytest

from tests.fakes.fake_agent import article_tile, channel
from tests.tvclient.state.search_replies import MANNERS, PIGS, result
from tvclient.state.search_row import search_row


def test_a_course_of_several_episodes() -> None:
    row = search_row(PIGS)
    assert (row.title, row.underlined, row.about) == ("发酵床养猪", ((0, 3),), "实用技术·8 集")
    assert row.mark is not None
    assert (row.mark.icon, row.mark.words, row.mark.colour) == ("check_circle", "已下载", "green")
    assert (row.result_id, row.cover, row.is_course) == ("course:5", "/v1/covers/5", True)


def test_one_that_is_not_here_says_so() -> None:
    row = search_row(MANNERS)
    assert row.about == "文化建设·28 分"
    assert row.mark is not None
    assert row.mark.words == "需联网"


def test_what_was_found_by_its_producer_names_it() -> None:
    assert search_row(result(1, "种菜")).about == "全国远程办·28 分"
    assert search_row(result(1, "种菜", producer="", length_ms=0)).about == ""


def test_an_article_says_that_it_is_one_and_whether_it_is_here() -> None:
    row = search_row({"tile": article_tile(9, "大棚甜瓜", on_box=True), "matched": [[0, 2]]})
    assert (row.result_id, row.about, row.is_course) == ("article:9", "实用技术·图文", False)
    assert row.mark is not None and row.mark.words == "已下载"


def test_what_has_neither_disk_nor_network_has_no_mark() -> None:
    row = search_row({"tile": channel(1, "大兴新闻"), "matched": [[0, 2]]})
    assert (row.mark, row.is_course) == (None, False)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ([[0, 99]], ((0, 4),)),
        ([[4, 6]], ()),
        ([[-3, 1], [3, 2]], ((0, 1),)),
        ([[0, 1], [2, 4]], ((0, 1), (2, 4))),
    ],
)
def test_a_stretch_never_leaves_the_title(told: list[list[int]], shown: tuple[tuple[int, int], ...]) -> None:
    assert search_row(result(1, "政务礼仪", *told)).underlined == shown
