"""What the check-in screen shows of a group study: who is in, who came last, what comes next."""

from dataclasses import dataclass
from enum import Enum

from study.group.attendance import Via
from study.group_api import DISCUSSION, AttendeeEntry, GroupEntry
from tvclient.state.agenda_words import is_studied, next_entry
from tvclient.state.plan_state import plan_words
from tvclient.words import _

VIA: dict[str, str] = {Via.PHONE: "手机扫码", Via.CARD: "学习卡", Via.OPERATOR: "工作人员"}


class Main(Enum):
    """Icon and words of the big button."""

    START = ("play", "开始学习")
    GO_ON = ("play", "继续学习")
    NEXT = ("next", "下一集")
    CHOOSE = ("grid", "选课程")
    """The agenda is empty."""
    DISCUSS = ("group", "开始讨论")
    """What the agenda has next is talked over."""
    END = ("check", "结束学习")
    """Everything on it was studied."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is in; the name is masked."""

    member_id: int
    name: str


@dataclass(frozen=True, slots=True)
class GroupState:
    """Everything that is drawn but the digits and the clocks."""

    subtitle: str
    people: tuple[Person, ...]
    """The last to come first."""
    newest: tuple[str, str] | None
    """Name and way of whoever came last."""
    main: Main
    next_item: str | None
    """The id of what the big button plays."""
    has_begun: bool
    discussing: bool
    can_undo: bool
    page: str
    network: str
    remote: bool

    @property
    def is_touched(self) -> bool:
        """Something would be lost with it."""
        return bool(self.people) or self.has_begun or self.can_undo


def group_state(group: GroupEntry) -> GroupState:
    """The view of one group study."""
    entering = [one for one in group["attendees"] if one["is_in"]]
    following = next_entry(group["agenda"])
    has_begun = bool(group["studied_ms"] or group["discussion_ms"] or group["discussing"])
    return GroupState(
        subtitle=plan_words(group),
        people=tuple(Person(one["member_id"], one["name"]) for one in entering),
        newest=(entering[0]["name"], via_words(entering[0]["via"])) if entering else None,
        main=_main(group, has_begun),
        next_item=following["item_id"] if following else None,
        has_begun=has_begun,
        discussing=group["discussing"],
        can_undo=bool(group["attendees"]),
        page=group["page"] or "",
        network=group["network"],
        remote=group["remote"],
    )


def phones_words(state: GroupState) -> str:
    """Below the code: whether phones may be the remote control, and by which key that is changed."""
    return _("菜单键：手机遥控已开") if state.remote else _("菜单键：打开手机遥控")


def via_words(via: str) -> str:
    """How somebody checked in."""
    return _(VIA[via]) if via in VIA else ""


def choice_words(one: AttendeeEntry, digits_differ: bool) -> str:
    """张*国·卡号末四位 1234; cards that were found by their end may all have the same one."""
    if not digits_differ:
        return one["name"]
    return one["name"] + "·" + _("卡号末四位 {}").format(one["digits"])


def _main(group: GroupEntry, has_begun: bool) -> Main:
    following = next_entry(group["agenda"])
    if not (group["discussion_ms"] or group["discussing"]):
        first = next((entry for entry in group["agenda"] if not is_studied(entry)), None)
        if first is not None and first["kind"] == DISCUSSION:
            return Main.DISCUSS
    if following is None:
        return Main.END if group["agenda"] else Main.CHOOSE
    if following["studied_ms"] > 0:
        return Main.GO_ON
    return Main.NEXT if has_begun and group["studied_ms"] else Main.START
