"""Finding oneself: whose card it is that somebody has typed, without telling anybody who is in the roster."""

import unicodedata

from agent.page.posted import Posted
from agent.stores.roster.finding import found_by_card
from agent.stores.roster.members import Member, Members
from study.group.card import CardError, CardNumber, last_digits

NAME_DIGITS = 4
"""So many last digits of the card stand beside a name."""
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅.", "·"))


def find(people: Members, posted: Posted) -> Member | CardNumber | None:
    """A member, or the whole number of somebody who is in no roster; None for anything else.

    Nobody learns whether the number, the name, or both were wrong, or several people have them.
    """
    if posted.name or posted.last_digits:
        return _by_name(people, posted.name, posted.last_digits)
    return _by_card(people, posted.card)


def _by_card(people: Members, typed: str) -> Member | CardNumber | None:
    try:
        found = found_by_card(people, typed)
    except CardError:
        return None
    return found if isinstance(found, str) else _only(found)


def _by_name(people: Members, name: str, typed: str) -> Member | None:
    digits = "".join(unicodedata.normalize("NFKC", typed).split())
    wanted = _plain(name)
    if not wanted or len(digits) != NAME_DIGITS or not digits.isdecimal():
        return None
    held = people.by_id.values()
    return _only([one for one in held if last_digits(one.card) == digits and _plain(one.name) == wanted])


def _only(found: list[Member]) -> Member | None:
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    """As typed on any keyboard: without blanks, with one kind of dot."""
    return "".join(unicodedata.normalize("NFKC", name).split()).translate(_DOTS).casefold()
