"""What the top bar says: the state of the box in a chip, the hours of the month, date and time."""

from datetime import datetime

from study.local_api import StatusReply
from tvclient import theme
from tvclient.state.durations import Amount, amount
from tvclient.widgets.chip import Mark
from tvclient.words import _

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def sync_mark(status: StatusReply | None, away: bool) -> Mark | None:
    """The box's way to the city: synchronised, sending, waiting or offline; None while not known yet."""
    if away:
        return Mark("warn", _("本机服务重连中"), theme.VERM_TEXT)
    if status is None or not status["enrolled"]:
        return None
    if status["disk_full"]:
        return Mark("warn", _("磁盘已满·请找管理员"), theme.VERM_TEXT)
    if status["stick"] is not None:
        return _stick_mark(status["stick"]["state"])
    waiting = status["waiting"]
    if not status["online"]:
        words = _("离线·待上传 {} 条").format(waiting) if waiting else _("离线·照常学习")
        return Mark("offline", words, theme.VERM_TEXT)
    sending = status["sending"]
    if sending is not None:
        return Mark("sync", _("正在上传 {} / {}").format(sending["done"], sending["total"]))
    if waiting:
        return Mark("upload", _("待上传 {} 条").format(waiting))
    return Mark("check_circle", _("已同步"), theme.GREEN, theme.GREEN)


def _stick_mark(state: str) -> Mark:
    """While a stick is in the slot, whoever stands there wants to know whether to pull it out."""
    match state:
        case "busy":
            return Mark("usb", _("正在读写U盘·请勿拔出"), theme.VERM_TEXT)
        case "done":
            return Mark("usb", _("可以拔出U盘了"), theme.GREEN, theme.GREEN)
        case _:
            return Mark("warn", _("U盘没有导成·请换一个"), theme.VERM_TEXT)


def month_hours(status: StatusReply | None) -> Amount | None:
    """This month's counted time, without what waits for its date; None while not known."""
    if status is None or not status["enrolled"]:
        return None
    return amount(status["month"]["effective_ms"])


def clock_words(now: datetime | None) -> tuple[str, str]:
    """Time and date; while no trustworthy time is known, that is said instead of a guess."""
    if now is None:
        return "--:--", _("时间待校准")
    date = _("{}月{}日").format(now.month, now.day) + " " + _(WEEKDAYS[now.weekday()])
    return f"{now:%H:%M}", date
