"""Channels are found by number, and beside each other round the whole list."""

from study.units import ItemId
from tvclient.state.channel import Channel, beside, channel_with, numbered

FIRST, SECOND, THIRD = CHANNELS = tuple(Channel(10 * n, ItemId(f"L{n}"), f"频道{n}") for n in (1, 2, 3))


def test_the_first_and_the_last_are_neighbours() -> None:
    assert [beside(CHANNELS, channel.item_id, 1) for channel in CHANNELS] == [SECOND, THIRD, FIRST]
    assert [beside(CHANNELS, channel.item_id, -1) for channel in CHANNELS] == [THIRD, FIRST, SECOND]


def test_one_alone_has_no_neighbour() -> None:
    assert beside((FIRST,), FIRST.item_id, 1) is None
    assert beside((), FIRST.item_id, -1) is None


def test_from_one_that_is_not_in_the_list_one_comes_to_its_ends() -> None:
    assert [beside(CHANNELS, ItemId("L9"), step) for step in (1, -1)] == [FIRST, THIRD]


def test_a_number_or_an_id_finds_its_channel() -> None:
    assert numbered(CHANNELS, 20) == SECOND
    assert numbered(CHANNELS, 2) is None
    assert channel_with(CHANNELS, ItemId("L3")) == THIRD
    assert channel_with((), ItemId("L3")) is None
