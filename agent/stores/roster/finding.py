"""Finding: whose card it is that somebody has typed."""

from agent.stores.roster.members import Member, Members
from study.group.card import CardNumber, read_card, read_typed_card
from study.group_api import SUFFIX_DIGITS


def found_by_card(people: Members, typed: str) -> list[Member] | CardNumber:
    """Everybody whose whole number it is, or ends so; or the whole number of somebody in no roster.

    An empty list is for six digits that are nobody's. Raises CardError.
    """
    card = read_card(typed)
    if len(card) == SUFFIX_DIGITS:
        # Also where it is somebody's whole number: it may be meant as the end of another's.
        return people.ending(card)
    known = people.with_card(card)
    return read_typed_card(typed) if known is None else [known]
