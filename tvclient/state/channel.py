"""A channel as the person in front of the television knows it: by number and name."""

from collections.abc import Sequence
from dataclasses import dataclass

from study.units import ItemId


@dataclass(frozen=True, slots=True)
class Channel:
    """`number` is what is dialled; `title` the channel's name."""

    number: int
    item_id: ItemId
    title: str


def numbered(channels: Sequence[Channel], number: int) -> Channel | None:
    """The channel with this number."""
    return next((channel for channel in channels if channel.number == number), None)


def channel_with(channels: Sequence[Channel], item_id: ItemId) -> Channel | None:
    """The channel with this id."""
    return next((channel for channel in channels if channel.item_id == item_id), None)


def beside(channels: Sequence[Channel], item_id: ItemId, step: int) -> Channel | None:
    """The neighbour, -1 before or 1 after; first and last are neighbours. None where there is no other.

    From an item that is none of them one comes to the first or the last.
    """
    if all(channel.item_id == item_id for channel in channels):
        return None
    place = next((n for n, channel in enumerate(channels) if channel.item_id == item_id), None)
    if place is None:
        return channels[0 if step > 0 else -1]
    return channels[(place + step) % len(channels)]
