"""The cards of the settings say how it stands and what OK does."""

import pytest

from tests.fakes.fake_agent import status
from tvclient import theme
from tvclient.screens.setting_looks import (
    about_look,
    edge_look,
    large_look,
    network_look,
    storage_look,
    up_words,
)

HOUR_MS = 3_600_000
GB = 1_000_000_000


def test_the_disk_tells_how_full_it_is_and_how_much_of_it_are_courses() -> None:
    storage = {"total_bytes": 256 * GB, "free_bytes": 70 * GB, "courses_bytes": 120 * GB}
    look = storage_look(status(storage=storage))
    assert (look.value, look.lines) == ("已用 186 / 256 GB", ("其中课程 120.0 GB",))
    assert look.share == pytest.approx(186 / 256)


def test_a_full_disk_says_what_to_do() -> None:
    look = storage_look(status(disk_full=True))
    assert (look.lines, look.value_colour) == (("磁盘已满，请清理",), theme.VERM_TEXT)


def test_before_the_agent_has_answered_nothing_is_made_up() -> None:
    assert storage_look(None).share is None
    assert network_look(None, away=False).value == "本机服务重连中"
    assert about_look(None, 0).lines[0].endswith("还没有登记")


def test_large_mode_is_a_switch() -> None:
    assert [(look.value, look.on, look.foot) for look in (large_look(False), large_look(True))] == [
        ("已关闭", False, "按 OK 打开"),
        ("已打开", True, "按 OK 关闭"),
    ]


def test_the_edges_say_how_far_the_picture_keeps_away_and_how_to_tell() -> None:
    assert edge_look(0, is_adjusted=False).value == "占满屏幕"
    adjusted = edge_look(3, is_adjusted=True)
    assert (adjusted.value, adjusted.foot) == ("缩进 3 %", "← → 调节，OK 完成")


@pytest.mark.parametrize(
    ("up_ms", "words"),
    [
        (5 * 60_000, "已开机 5 分"),
        (HOUR_MS + 60_000, "已开机 1 小时 1 分"),
        (148 * HOUR_MS, "已开机 6 天 4 小时"),
    ],
)
def test_since_when_it_runs(up_ms: int, words: str) -> None:
    assert up_words(up_ms) == words
