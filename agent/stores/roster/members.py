"""The members that a roster holds, opened from their rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database as Tables

from agent.stores.roster.sealing import foreign_key, opened, read_keys
from study.group.card import CardNumber


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the roster; a visitor, of whom only the number is known, has no name.

    `repr`, which ends in logs, shows the id alone.
    """

    member_id: int
    name: str = field(repr=False)
    card: CardNumber = field(repr=False)

    @property
    def is_visitor(self) -> bool:
        return not self.name


@dataclass(frozen=True, slots=True)
class Members:
    """Everybody at one moment; those who were erased are not among them."""

    by_id: Mapping[int, Member] = field(default_factory=dict)
    unreadable: frozenset[int] = frozenset()
    """Rows that do not open: damaged, or sealed with a key that is gone."""
    change: int = 0
    """Of the last change that is seen here; it only ever grows."""

    def ending(self, digits: str) -> list[Member]:
        """All whose number ends so."""
        return [member for member in self.by_id.values() if digits and member.card.endswith(digits)]

    def with_card(self, card: CardNumber) -> Member | None:
        """Whose number it is."""
        return next((member for member in self.by_id.values() if member.card == card), None)


NOBODY = Members()


def read_members(tables: Tables, key_file: Path, seen: Members = NOBODY) -> Members:
    """Everybody; of what was `seen` before only the rows that have changed since are opened.

    Raises RosterKeyError when there are members and none can be opened.
    """
    rows = tables.execute(
        "SELECT member_id, sealed, change FROM roster WHERE change > ? ORDER BY member_id", [seen.change]
    ).fetchall()
    if not rows:
        return seen
    held, unreadable = dict(seen.by_id), set(seen.unreadable)
    # Without anything sealed no key is needed, and there may be none yet.
    keys = read_keys(key_file) if any(row[1] is not None for row in rows) else []
    for member_id, data, _ in rows:
        held.pop(member_id, None)
        unreadable.discard(member_id)
        if data is None:
            continue
        if (told := opened(keys, member_id, data)) is None:
            unreadable.add(member_id)
        else:
            held[member_id] = Member(member_id, told[0], CardNumber(told[1]))
    if unreadable and not held:
        raise foreign_key(key_file)
    by_id = dict(sorted(held.items()))
    return Members(by_id, frozenset(unreadable), max(row[2] for row in rows))
