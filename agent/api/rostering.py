"""Changes of the roster, the same with a running agent as without one."""

from collections.abc import Iterable
from typing import NamedTuple

from agent.errors import RosterError
from agent.records.person import Person, read_name
from agent.stores.roster.roster import Roster
from study.group.card import read_card
from study.roster_api import ErasureReply, RosterReply


class Named(NamedTuple):
    """Somebody of a list, not looked at yet."""

    name: str
    card: str


def take(roster: Roster, people: Iterable[Named], *, anew: bool) -> RosterReply:
    """All of them, or none where one is no person with a card. Raises RosterError, StoreError."""
    try:
        read = [Person(read_name(one.name), read_card(one.card)) for one in people]
    except ValueError as error:
        raise RosterError(f"{error}，没有导入") from error
    done = roster.take(read, anew=anew)
    return RosterReply(new=done.new, changed=done.changed, same=done.same)


def erase(roster: Roster, member_id: int) -> ErasureReply:
    """Raises RosterError, StoreError."""
    roster.erase(member_id)
    return ErasureReply(member_id=member_id)
