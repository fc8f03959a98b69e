"""Up and down through the channels."""

from study.units import ItemId
from tvclient.state.channel_list import Channel, in_order, numbered, step

ONE, TWO, NINE = (Channel(ItemId(f"L{n}"), n, f"频道{n}") for n in (1, 2, 9))
ALL = (ONE, TWO, NINE)


def test_up_is_the_next_number_and_down_the_one_before() -> None:
    assert step(ALL, TWO.item_id, 1) == NINE
    assert step(ALL, TWO.item_id, -1) == ONE


def test_after_the_last_comes_the_first_and_before_the_first_the_last() -> None:
    assert step(ALL, NINE.item_id, 1) == ONE
    assert step(ALL, ONE.item_id, -1) == NINE


def test_a_channel_that_left_the_list_leads_to_its_ends() -> None:
    assert step(ALL, ItemId("L5"), 1) == ONE
    assert step(ALL, ItemId("L5"), -1) == NINE


def test_a_channel_alone_has_no_neighbour() -> None:
    assert step((ONE,), ONE.item_id, 1) is None
    assert step((), ONE.item_id, -1) is None


def test_a_number_names_a_channel_or_none() -> None:
    assert numbered(ALL, 9) == NINE
    assert numbered(ALL, 3) is None


def test_the_order_is_that_of_the_numbers() -> None:
    assert in_order((NINE, ONE, TWO)) == ALL
