"""The words of the cards over the picture."""

from dataclasses import replace

import pytest

from study.presence import Presence
from study.rules import Kind
from study.units import ItemId, Milliseconds, MonotonicMs
from tests.tvclient.screens.test_player_watch import WHAT
from tvclient.playback.player_event import FailReason, Opening, Retrying
from tvclient.screens.player_card import (
    LOST_AFTER,
    NEXT_AFTER_S,
    end_look,
    failed_look,
    lost_words,
    reason_words,
)
from tvclient.screens.presence_card import asking_look, stopped_look
from tvclient.state.bar_state import Earlier, Item, bar_state
from tvclient.state.channel import Channel

ITEM = Item(Kind.VOD, "政务礼仪", "第 1 集", Milliseconds(100_000))
BAR = bar_state(ITEM, Earlier(Milliseconds(30_000)), (), 0)
MINUTE_MS = 60_000


def test_the_question_counts_down_to_the_pause() -> None:
    presence = Presence(MonotonicMs(0), MonotonicMs(60 * MINUTE_MS))
    look = asking_look(presence, MonotonicMs(61 * MINUTE_MS), ITEM, BAR)
    assert look.question == "是否还在学习？"
    assert look.line1 == "已有 60 分钟没有按键。"
    assert (look.figure, look.share) == ("60", 0.5)
    assert (look.studied, look.studied_words) == ("00:30", "已计入学时")


def test_after_the_pause_it_counts_down_to_leaving() -> None:
    look = stopped_look(Presence(MonotonicMs(0)), 48, ITEM, BAR)
    assert look.line1 == "已有 60 分钟没有按键，先为您停下了。"
    assert (look.figure, look.share) == ("48", 0.4)


def test_the_end_leads_to_the_next_episode() -> None:
    more = replace(WHAT, after=ItemId("5.2"), after_title="第 2 集")
    look = end_look(more, BAR, NEXT_AFTER_S)
    assert (look.first, look.line1, look.share) == ("播放下一集", "下一集：第 2 集", 1.0)


def test_the_end_says_what_back_does() -> None:
    more = replace(WHAT, after=ItemId("5.2"), after_title="第 2 集")
    assert "按返回键取消" in end_look(more, BAR, NEXT_AFTER_S).line2
    assert end_look(more, BAR, None).line2 == "不再自动播放，再按返回键退出。"


def test_the_end_of_a_course_offers_to_go_back_or_to_see_it_again() -> None:
    look = end_look(WHAT, BAR, None)
    assert (look.first, look.second, look.share) == ("返回", "再看一遍", None)


def test_a_failure_says_what_happened_and_what_to_do() -> None:
    look = failed_look("网络不通。请检查网线。", "政务礼仪")
    assert (look.line1, look.line2, look.first) == ("网络不通。", "请检查网线。", "再试一次")


def test_a_long_message_is_broken_over_both_lines() -> None:
    look = failed_look("网络不通，这门课程还没有下载到本机；已下载的课程照常能看", "")
    assert look.line1 == "网络不通，这门课程还没有下载到本机。"
    assert look.line2 == "已下载的课程照常能看。"


@pytest.mark.parametrize("reason", list(FailReason))
def test_every_reason_has_words(reason: FailReason) -> None:
    look = failed_look(reason_words(reason), "")
    assert look.line1
    assert "已学的内容都已保存" in look.line2


def test_a_hiccup_leaves_the_picture_and_a_loss_says_what_it_means_and_what_to_do() -> None:
    live = replace(WHAT, item=replace(ITEM, kind=Kind.LIVE))
    again = Retrying(Opening(1), MonotonicMs(0), LOST_AFTER, Milliseconds(0))
    assert lost_words(replace(again, attempt=1), live, opening=False) == ""
    assert "直播信号断了，已学的时间都已保存" in lost_words(again, live, opening=False)
    assert "频道现在没有信号" in lost_words(again, live, opening=True)
    assert "画面断了" in lost_words(again, WHAT, opening=False)
    assert "按返回键" in lost_words(again, None, opening=False)
    assert "按 OK 马上再试" in lost_words(again, None, opening=False)


def test_a_lost_channel_leads_to_the_others_if_there_are_any() -> None:
    channels = tuple(Channel(n, ItemId(f"L{n}"), f"频道{n}") for n in (1, 2))
    live = replace(WHAT, item=replace(ITEM, kind=Kind.LIVE), channels=channels)
    again = Retrying(Opening(1), MonotonicMs(0), LOST_AFTER, Milliseconds(0))
    assert "换台" in lost_words(again, live, opening=True)
    assert "换台" not in lost_words(again, replace(live, channels=channels[:1]), opening=True)


def test_a_card_says_whether_what_was_studied_counts() -> None:
    uncounted = bar_state(ITEM, Earlier(Milliseconds(1_000)), (), 0)
    assert end_look(WHAT, BAR, None).counted
    assert not end_look(WHAT, uncounted, None).counted
    assert not stopped_look(Presence(MonotonicMs(0)), 48, ITEM, uncounted).counted
