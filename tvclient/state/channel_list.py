"""The live channels in the order of their numbers."""

from dataclasses import dataclass

from study.units import ItemId


@dataclass(frozen=True, slots=True)
class Channel:
    """`number` is what is typed on the remote control."""

    item_id: ItemId
    number: int
    title: str


Channels = tuple[Channel, ...]


def in_order(channels: Channels) -> Channels:
    """By number; where two have the same, as they were given."""
    return tuple(sorted(channels, key=lambda channel: channel.number))


def step(channels: Channels, item_id: ItemId, direction: int) -> Channel | None:
    """The channel one higher (+1) or lower (-1); after the last comes the first.

    None where there is no other. From an item that is none of them the first or the last is reached.
    """
    others = [channel for channel in channels if channel.item_id != item_id]
    if not others:
        return None
    place = next((n for n, channel in enumerate(channels) if channel.item_id == item_id), None)
    if place is None:
        return channels[0 if direction > 0 else -1]
    return channels[(place + direction) % len(channels)]


def numbered(channels: Channels, number: int) -> Channel | None:
    """The channel with this number, if there is one."""
    return next((channel for channel in channels if channel.number == number), None)
