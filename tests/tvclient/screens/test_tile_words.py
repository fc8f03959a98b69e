"""A tile says the one thing about its course that matters now."""

import pytest

from study.local_api import Tile
from tests.fakes.fake_agent import MINUTE_MS, channel, row, tile
from tvclient.screens.tile_words import meta_line, row_look, tile_look


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (tile(1, "甜瓜"), "28 分·实用技术"),
        (tile(1, "甜瓜", category=""), "28 分"),
        (tile(1, "养猪", episodes=8), "8 集·实用技术"),
        (tile(1, "甜瓜", position_ms=8 * MINUTE_MS), "还剩 20 分"),
        (tile(1, "养猪", episodes=8, episode=3, covered_ms=10 * MINUTE_MS), "第 3 集·还剩 18 分"),
        (tile(1, "甜瓜", done=True, covered_ms=28 * MINUTE_MS), "28 分"),
        (tile(1, "甜瓜", position_ms=28 * MINUTE_MS - 1), "还剩 1 分"),
        (channel(1, "新闻"), "大兴区融媒体中心"),
        (tile(1, "全部课程", kind="listing"), "按确认键浏览"),
        (tile(7, "秋收怎么办", kind="group", episodes=23), "接着学·已签到 23 人"),
        (tile(1, "甜瓜", category="实用\n技术\x07"), "28 分·实用 技术"),
    ],
)
def test_the_line_under_the_title(given: Tile, words: str) -> None:
    assert meta_line(given) == words


def test_progress_is_shown_only_between_begun_and_done() -> None:
    assert tile_look(tile(1, "甜瓜")).progress is None
    assert tile_look(tile(1, "甜瓜", covered_ms=7 * MINUTE_MS)).progress == 0.25
    assert tile_look(tile(1, "甜瓜", covered_ms=28 * MINUTE_MS, done=True)).progress is None
    assert tile_look(tile(1, "甜瓜", minutes=0, covered_ms=1)).progress is None


def test_badges() -> None:
    assert tile_look(tile(1, "甜瓜", done=True)).badge == ("check", "已学完")
    assert tile_look(channel(1, "新闻")).badge == ("live", "直播中")
    assert tile_look(tile(1, "甜瓜")).badge is None


def test_only_a_month_s_task_has_a_tally() -> None:
    assert row_look(row("monthly", "月度学习", done=1, total=5)).tally == "已学完 1 / 5"
    assert row_look(row("continue", "继续学习")).tally == ""


@pytest.mark.parametrize(
    ("title", "shown"), [("甜\x00瓜🍈", "甜瓜"), ("🍈", "（没有名称）"), ("", "（没有名称）")]
)
def test_a_title_is_always_something_that_can_be_shown(title: str, shown: str) -> None:
    assert tile_look(tile(1, title)).title == shown
