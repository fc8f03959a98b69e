"""What the card says that asks whether anybody is still there."""

from study.presence import ANSWER_WITHIN_MS, Presence
from study.units import MINUTE_MS, MonotonicMs
from tvclient.state.bar_state import BarState, Item
from tvclient.widgets.ask_look import AskLook
from tvclient.words import _

LEAVE_WITHIN_MS = ANSWER_WITHIN_MS


def asking_look(presence: Presence, now_ms: MonotonicMs, item: Item, bar: BarState) -> AskLook:
    """While the course still plays: how long until it stops by itself."""
    return _look(
        _("已有 {} 分钟没有按键。").format(presence.ask_after_ms // MINUTE_MS),
        _("按 OK 接着学；不按就为您停下，等待的时间不计。"),
        presence.seconds_left(now_ms),
        ANSWER_WITHIN_MS,
        (item, bar),
    )


def stopped_look(presence: Presence, left_s: int, item: Item, bar: BarState) -> AskLook:
    """After nobody answered: the course stands, and is left when nobody comes."""
    return _look(
        _("已有 {} 分钟没有按键，先为您停下了。").format(presence.ask_after_ms // MINUTE_MS),
        _("按 OK 接着学；不按就退出，学时已保存。"),
        left_s,
        LEAVE_WITHIN_MS,
        (item, bar),
    )


def _look(line1: str, line2: str, seconds: int, of_ms: int, what: tuple[Item, BarState]) -> AskLook:
    item, bar = what
    return AskLook(
        question=_("是否还在学习？"),
        line1=line1,
        line2=line2,
        first=_("还在，继续学习"),
        first_icon="play",
        second=_("结束学习"),
        second_icon="stop",
        foot=f"{item.title}·{item.episode}" if item.episode else item.title,
        studied_label=_("有效学习"),
        studied=bar.effective,
        studied_words=bar.count_words,
        counted=bar.counted,
        share=min(1.0, seconds * 1000 / of_ms),
        figure=str(seconds),
        unit=_("秒"),
    )
