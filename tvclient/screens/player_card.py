"""What the cards say at the end of an item and when it can't be played."""

import re

from tvclient.playback.player_event import FailReason, Retrying, Stalled
from tvclient.screens.player_item import PlayerItem
from tvclient.state.bar_state import BarState
from tvclient.widgets.ask_look import AskLook
from tvclient.words import _

NEXT_AFTER_S = 10
LOST_AFTER = 2  # attempts; one that helps at once is not worth taking the picture away
# Where a message of several parts is broken over the two lines of the card.
SENTENCES = re.compile("[。；]")

REASONS = {
    FailReason.CANNOT_OPEN: "课程文件打不开，可能已损坏，或平台上没有了。"
    "已学的内容都已保存，可先看别的课程，并告诉管理员。",
    FailReason.CANNOT_SHOW: "课程的画面和声音都放不出来，可能加了密，或是不支持的格式。"
    "已学的内容都已保存，可先看别的课程，并告诉管理员。",
    FailReason.NO_ANSWER: "等了一会儿没有收到画面，可能是网络不通或太慢。",
    FailReason.BROKE_OFF: "播放到一半中断了，可能是网络断了，或课程文件不完整。",
}


def end_look(playing: PlayerItem, bar: BarState, seconds: int | None) -> AskLook:
    """播完: the next episode follows by itself after `seconds`, unless somebody says no; then None."""
    more = playing.after is not None
    if not more:
        leads_to = _("可以再看一遍，或返回选别的课程。")
    elif seconds is None:
        leads_to = _("不再自动播放，再按返回键退出。")
    else:
        leads_to = _("稍后自动播放，按返回键取消。")
    item = playing.item
    return AskLook(
        question=_("已播完"),
        line1=_("下一集：{}").format(playing.after_title) if more else _("本课程已学到最后。"),
        line2=leads_to,
        first=_("播放下一集") if more else _("返回"),
        first_icon="next" if more else "back",
        second=_("返回") if more else _("再看一遍"),
        second_icon="back" if more else "replay",
        foot=f"{item.title}·{item.episode}" if item.episode else item.title,
        studied_label=_("有效学习"),
        studied=bar.effective,
        studied_words=bar.count_words,
        counted=bar.counted,
        icon="check_circle",
        share=None if seconds is None else seconds / NEXT_AFTER_S,
        figure="" if seconds is None else str(seconds),
        unit=_("秒"),
    )


def failed_look(words: str, foot: str) -> AskLook:
    """Why it doesn't play, in words that say what to do; what was studied is safe."""
    said = [sentence for sentence in SENTENCES.split(words) if sentence]
    return AskLook(
        question=_("暂时不能播放"),
        line1=f"{said[0]}。" if said else "",
        line2="，".join(said[1:]) + "。" if said[1:] else _("已学的内容都已保存，可以再试一次。"),
        first=_("再试一次"),
        first_icon="sync",
        second=_("返回"),
        second_icon="back",
        foot=foot,
        icon="warn",
    )


def lost_words(event: Stalled | Retrying, what: PlayerItem | None, opening: bool) -> str:
    """In place of a picture that is gone for longer, since a black screen says nothing; else empty."""
    if isinstance(event, Stalled) or event.attempt < LOST_AFTER:
        return ""
    if what is not None and what.live:
        lost = _("频道现在没有信号") if opening else _("直播信号断了，已学的时间都已保存")
    else:
        lost = _("画面断了，已学的时间都已保存")
    if what is not None and len(what.channels) > 1:
        return _("{}。正在不断重新连接，按 OK 马上再试，按频道键换台。").format(lost)
    return _("{}。正在不断重新连接，按 OK 马上再试，按返回键看别的课程。").format(lost)


def reason_words(reason: FailReason) -> str:
    """One sentence for the room."""
    return _(REASONS[reason])
