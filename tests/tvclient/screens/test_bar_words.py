"""The top bar tells the states of the box apart."""

from datetime import datetime

import pytest

from study.local_api import StatusReply
from tests.fakes.fake_agent import status
from tvclient import theme
from tvclient.screens.bar_words import clock_words, month_hours, sync_mark

SATURDAY = datetime(2026, 11, 21, 19, 32)


@pytest.mark.parametrize(
    ("given", "icon", "words"),
    [
        (status(), "check_circle", "已同步"),
        (status(sending={"done": 3, "total": 12}, waiting=9), "sync", "正在上传 3 / 12"),
        (status(waiting=4), "upload", "待上传 4 条"),
        (status(online=False, waiting=12), "offline", "离线·待上传 12 条"),
        (status(online=False), "offline", "离线·照常学习"),
        (status(online=False, disk_full=True), "warn", "磁盘已满·请找管理员"),
        (status(stick={"state": "busy", "words": "…"}), "usb", "正在读写U盘·请勿拔出"),
        (status(stick={"state": "done", "words": "…"}), "usb", "可以拔出U盘了"),
        (status(stick={"state": "trouble", "words": "…"}), "warn", "U盘没有导成·请换一个"),
    ],
)
def test_states_of_the_box(given: StatusReply, icon: str, words: str) -> None:
    mark = sync_mark(given, away=False)
    assert mark is not None and (mark.icon, mark.words) == (icon, words)


def test_an_agent_that_is_away_is_said_whatever_was_known_before() -> None:
    mark = sync_mark(status(), away=True)
    assert mark is not None and mark.words == "本机服务重连中" and mark.icon_colour == theme.VERM_TEXT


def test_nothing_is_said_before_anything_is_known() -> None:
    assert sync_mark(None, away=False) is None
    assert sync_mark(status(enrolled=False), away=False) is None
    assert month_hours(None) is None


def test_hours_that_wait_for_a_date_are_not_this_months() -> None:
    month = {"month": "2026-11", "effective_ms": 3_600_000, "unplaced_ms": 1_800_000}
    assert month_hours(status(month=month)) == ("1.0", "小时")


def test_a_date_is_never_guessed() -> None:
    assert clock_words(SATURDAY) == ("19:32", "11月21日 周六")
    assert clock_words(None) == ("--:--", "时间待校准")
