"""What the operator's pages stand on, and what several of them need."""

from dataclasses import dataclass

from agent.api.group_entries import VISITOR
from agent.page.operator.deeds import OperatorDeeds
from agent.page.parts import PageParts
from agent.stores.groups.group_log import Now
from agent.stores.roster.members import Member, Members
from study.group.card import last_digits
from study.group.kind import WORDS
from study.group.masking import masked

CHOSEN_MAX = 400
"""More people than this are not listed to be ticked; their cards are typed."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One running agent, as its operator's page sees it."""

    parts: PageParts
    deeds: OperatorDeeds

    @property
    def now(self) -> Now:
        return Now(self.parts.clock.boot, self.parts.clock.mono_ms())


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose from a list, or to tick."""

    value: str
    words: str
    is_chosen: bool = False


def name_words(member: Member) -> str:
    """李*芳 1002; the card's end tells two of one name apart."""
    return f"{VISITOR if member.is_visitor else masked(member.name)} {last_digits(member.card)}"


def people_choices(people: Members, chosen: frozenset[int] = frozenset()) -> list[Choice]:
    """By name; nobody where there are too many to be listed."""
    known = [member for member in people.by_id.values() if not member.is_visitor]
    if len(known) > CHOSEN_MAX:
        return []
    in_order = sorted(known, key=lambda member: (member.name, member.card))
    return [Choice(str(one.member_id), name_words(one), one.member_id in chosen) for one in in_order]


def kind_choices(kind: str) -> list[Choice]:
    """The fixed kinds, and whatever else it is now."""
    known = dict(WORDS)
    if kind and kind not in known:
        known[kind] = kind
    return [Choice(value, words, value == kind) for value, words in known.items()]
