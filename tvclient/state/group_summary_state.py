"""What is said of a group study when it is over."""

from dataclasses import dataclass

from study.group.attendance import Via
from study.group_api import AgendaEntry, GroupEntry, GroupReply
from tvclient.state.agenda_words import agenda_line, agenda_titles, episodes_words, next_entry, studied_part
from tvclient.state.durations import Amount, amount, clock_text
from tvclient.words import _

NAMES_MAX = 24
"""Eight columns of three lines."""


@dataclass(frozen=True, slots=True)
class GroupSummaryState:
    """Words and figures; no pixels."""

    heading: str
    title: str
    episodes: str
    studied: str
    counted: Amount
    """Where nothing counts, the reason stands in the place of the unit."""
    counts: bool
    heads: str
    names: tuple[str, ...]
    ways: str
    waiting: str
    course_id: str | None
    next_item: str | None
    next_words: str


def group_summary_state(reply: GroupReply) -> GroupSummaryState:
    """The view of the reply to its end. Raises ValueError for a reply without a group study."""
    group = reply["group"]
    if group is None:
        raise ValueError("no group study has ended")
    part = studied_part(group["agenda"])
    titles = agenda_titles(part)
    counts = group["effective_ms"] > 0
    following = next_entry(group["agenda"])
    return GroupSummaryState(
        heading=_("这堂课学完了") if group["studied_ms"] else _("集体学习已结束"),
        title=titles[0] if len(titles) == 1 else agenda_line(part) or group["theme"] or group["kind_words"],
        episodes=_episodes(part) if len(titles) == 1 else "",
        studied=clock_text(group["studied_ms"]),
        counted=amount(group["effective_ms"]) if counts else Amount("0", _why_not(group)),
        counts=counts,
        heads=str(len(group["attendees"])),
        names=_names(group),
        ways=_ways(group),
        waiting=_("待上传 {} 条").format(reply["waiting"]) if reply["waiting"] else "",
        course_id=next((entry["course_id"] for entry in part if entry["course_id"]), None),
        next_item=following["item_id"] if following else None,
        next_words=_next_words(following),
    )


def _episodes(part: list[AgendaEntry]) -> str:
    """第 3、4 集·垫料的选料与制作 菌种的选择与激活."""
    named = " ".join(entry["episode_title"] for entry in part if entry["episode_title"])
    return "·".join(words for words in (episodes_words(part), named) if words)


def _why_not(group: GroupEntry) -> str:
    return _("没学满 20%") if group["studied_ms"] else _("没有播放")


def _names(group: GroupEntry) -> tuple[str, ...]:
    names = tuple(one["name"] for one in group["attendees"])
    if len(names) <= NAMES_MAX:
        return names
    return (*names[: NAMES_MAX - 1], _("还有 {} 人").format(len(names) - NAMES_MAX + 1))


def _ways(group: GroupEntry) -> str:
    said = {Via.PHONE: _("扫码 {} 人"), Via.CARD: _("学习卡 {} 人"), Via.OPERATOR: _("工作人员 {} 人")}
    counts = {via: sum(one["via"] == via for one in group["attendees"]) for via in said}
    return "·".join(said[via].format(count) for via, count in counts.items() if count)


def _next_words(following: AgendaEntry | None) -> str:
    if following is None:
        return ""
    number = following["episode"]
    return _("接着学") if number is None else _("接着学第 {} 集").format(number)
