"""What the player's menu offers of a group study: discussion, undoing, and who leaves before the end."""

from study.group_api import AttendeeEntry, GroupEntry
from tvclient.state.menu_row import Menu, MenuOption, MenuRow
from tvclient.words import _

DISCUSS, UNDO, PHONES = "discuss", "undo", "phones"


def together_rows(group: GroupEntry) -> tuple[MenuRow, ...]:
    """The row of what is done by all, and where anybody is in, that of who leaves."""
    about = _("影片停下，讨论的时间另外记；再按播放就接着学。")
    options = [MenuOption(f"{Menu.TOGETHER}:{DISCUSS}", DISCUSS, _("讨论"), about)]
    if group["attendees"]:
        note = _("撤销最近一次签到或先离开。")
        options.append(MenuOption(f"{Menu.TOGETHER}:{UNDO}", UNDO, _("撤销"), note))
    if group["page"]:
        words = _("关闭手机遥控") if group["remote"] else _("打开手机遥控")
        note = _("打开后，已签到的手机可以遥控和打字")
        options.append(MenuOption(f"{Menu.TOGETHER}:{PHONES}", PHONES, words, note))
    rows = [MenuRow(Menu.TOGETHER, _("集体学习"), tuple(options), None)]
    leaving = tuple(_leaving(one) for one in group["attendees"] if one["is_in"])
    if leaving:
        rows.append(MenuRow(Menu.LEAVING, _("先离开"), leaving, None))
    return tuple(rows)


def member_of(group: GroupEntry, value: str) -> AttendeeEntry | None:
    """Whom an option of the second row is about, if they are still in."""
    found = (one for one in group["attendees"] if one["is_in"] and str(one["member_id"]) == value)
    return next(found, None)


def _leaving(one: AttendeeEntry) -> MenuOption:
    value = str(one["member_id"])
    about = _("卡号末四位 {}，以后的学习不再记给这个人。").format(one["digits"])
    return MenuOption(f"{Menu.LEAVING}:{value}", value, one["name"], about)
