"""What a group study is planned as: kind, theme, who leads it, what is studied in which order."""

from dataclasses import dataclass

from study.group.kind import GroupKind
from study.group_api import DISCUSSION, AgendaEntry, GroupEntry
from tvclient.state.agenda_words import agenda_line, entry_title, is_studied
from tvclient.state.durations import clock_text
from tvclient.words import _

ICONS = {"vod": "film", "live": "live", "article": "book", DISCUSSION: "group"}


@dataclass(frozen=True, slots=True)
class AgendaLook:
    """One line of the agenda."""

    item_id: str
    number: str
    icon: str
    title: str
    state: str
    """How far it was studied, or how long it is."""
    done: bool
    is_begun: bool
    """It was studied, so it cannot be taken away."""


@dataclass(frozen=True, slots=True)
class PlanState:
    """Empty words stand for what nobody has chosen."""

    kind: str
    kind_words: str
    theme: str
    facilitator: int | None
    facilitator_name: str
    agenda: tuple[AgendaLook, ...]

    @property
    def item_ids(self) -> tuple[str, ...]:
        """In order."""
        return tuple(look.item_id for look in self.agenda)

    @property
    def tally(self) -> str:
        """How many there are."""
        return _("共 {} 项").format(len(self.agenda)) if self.agenda else ""

    def moved(self, item_id: str, step: int) -> tuple[str, ...]:
        """The items with this one so many places further on, as far as there are."""
        rest = [one for one in self.item_ids if one != item_id]
        place = max(0, min(self.item_ids.index(item_id) + step, len(rest)))
        return (*rest[:place], item_id, *rest[place:])

    def without(self, item_id: str) -> tuple[str, ...]:
        """The items but this one."""
        return tuple(one for one in self.item_ids if one != item_id)

    def with_more(self, *item_ids: str) -> tuple[str, ...]:
        """The items and these after them, each once."""
        return tuple(dict.fromkeys((*self.item_ids, *item_ids)))


def plan_state(group: GroupEntry) -> PlanState:
    """The view of one group study's plan."""
    facilitator = group["facilitator"]
    return PlanState(
        kind=group["kind"],
        kind_words=_(group["kind_words"]),
        theme=group["theme"],
        facilitator=None if facilitator is None else facilitator["member_id"],
        facilitator_name="" if facilitator is None else facilitator["name"],
        agenda=tuple(_agenda_look(n, entry) for n, entry in enumerate(group["agenda"], start=1)),
    )


def plan_words(group: GroupEntry) -> str:
    """三会一课·秋收怎么办, or where nobody planned anything what is studied."""
    about = group["theme"] or agenda_line(group["agenda"])
    kind = "" if about and group["kind"] == GroupKind.FREE else _(group["kind_words"])
    return "·".join(words for words in (kind, about) if words)


def _agenda_look(number: int, entry: AgendaEntry) -> AgendaLook:
    done = is_studied(entry)
    if entry["studied_ms"] and not done:
        state = _("学了 {}").format(clock_text(entry["studied_ms"]))
    else:
        state = clock_text(entry["length_ms"]) if entry["length_ms"] else ""
    return AgendaLook(
        item_id=entry["item_id"],
        number=str(number),
        icon=ICONS.get(entry["kind"], "film"),
        title=_named(entry),
        state=_("已学") if done and not state else state,
        done=done,
        is_begun=entry["studied_ms"] > 0,
    )


def _named(entry: AgendaEntry) -> str:
    number = "" if entry["episode"] is None else _("第 {} 集").format(entry["episode"])
    return "·".join(words for words in (entry_title(entry), number) if words)
