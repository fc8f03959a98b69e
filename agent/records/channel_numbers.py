"""Channel numbers: each channel has one, and keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from study.units import ItemId


@dataclass(frozen=True, slots=True)
class Wish:
    """A channel with the number that platform or list gives it; None for none."""

    channel_id: ItemId
    number: int | None
    is_platforms: bool


@dataclass(frozen=True, slots=True)
class Held:
    """The number a channel has had so far, and what it had wished for then."""

    number: int
    wish: int | None


def numbered(wishes: Sequence[Wish], held: Mapping[ItemId, Held]) -> dict[ItemId, Held]:
    """One number for each channel, none twice.

    1. The platform's channels have the platform's numbers, the first of two that claim the same.
    2. Every other channel keeps the number it has had, for as long as its own wish is the same.
    3. What is new, or was moved aside, gets its wish where that is free, else the least number that no
       channel has or had: a channel that comes back finds its number again.
    """
    found: dict[ItemId, Held] = {}
    taken: set[int] = set()

    def give(wish: Wish, number: int | None) -> bool:
        if number is None or number < 1 or number in taken:
            return False
        found[wish.channel_id] = Held(number, wish.number)
        taken.add(number)
        return True

    rest = [wish for wish in wishes if not (wish.is_platforms and give(wish, wish.number))]
    new = [wish for wish in rest if not give(wish, _kept(wish, held))]
    unserved = [wish for wish in new if not give(wish, wish.number)]
    had = {each.number for each in held.values()}
    free = (number for number in count(1) if number not in taken and number not in had)
    for wish in unserved:
        give(wish, next(free))
    return found


def _kept(wish: Wish, held: Mapping[ItemId, Held]) -> int | None:
    had = held.get(wish.channel_id)
    return had.number if had is not None and had.wish == wish.number else None
