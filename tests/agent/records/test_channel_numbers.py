"""Every channel has one number, no two have the same, and it stays the same."""

import random

from hypothesis import given
from hypothesis import strategies as st

from agent.records.channel_numbers import Held, Wish, numbered
from study.units import ItemId


def platform(channel_id: str, number: int | None) -> Wish:
    return Wish(ItemId(channel_id), number, is_platforms=True)


def own(channel_id: str, number: int | None = None) -> Wish:
    return Wish(ItemId(channel_id), number, is_platforms=False)


def plain(found: dict[ItemId, Held]) -> dict[str, int]:
    return {str(channel_id): held.number for channel_id, held in found.items()}


def test_the_platforms_numbers_stand_and_the_others_find_room() -> None:
    found = numbered([platform("L1", 1), platform("L2", 2), own("a", 2), own("b", 7), own("c")], {})

    assert plain(found) == {"L1": 1, "L2": 2, "a": 3, "b": 7, "c": 4}


def test_of_two_that_claim_one_number_the_first_has_it() -> None:
    assert plain(numbered([platform("L1", 5), platform("L2", 5)], {})) == {"L1": 5, "L2": 1}


def test_a_number_stays_whatever_else_comes_goes_or_moves() -> None:
    first = numbered([own("a"), own("b"), own("c")], {})

    assert plain(numbered([own("c"), own("new"), own("a")], first)) == {"a": 1, "c": 3, "new": 4}


def test_a_channel_that_comes_back_finds_its_number() -> None:
    first = numbered([own("a"), own("b")], {})
    without = numbered([own("b"), own("new")], first)

    back = numbered([own("a"), own("b"), own("new")], first | without)

    assert plain(back) == {"a": 1, "b": 2, "new": 3}


def test_a_new_channel_of_the_platform_moves_an_own_one_aside() -> None:
    first = numbered([own("a", 1), own("b", 2)], {})

    assert plain(numbered([platform("L1", 1), own("a", 1), own("b", 2)], first)) == {"L1": 1, "a": 3, "b": 2}


def test_a_new_wish_is_followed() -> None:
    first = numbered([own("a", 1)], {})

    assert plain(numbered([own("a", 8)], first)) == {"a": 8}


ids = st.sampled_from([f"c{n}" for n in range(12)])
wishes = st.lists(
    st.builds(Wish, ids.map(ItemId), st.one_of(st.none(), st.integers(1, 15)), st.booleans()),
    unique_by=lambda wish: wish.channel_id,
)


@given(before=wishes, after=wishes)
def test_everyone_has_one_and_none_is_twice(before: list[Wish], after: list[Wish]) -> None:
    held = numbered(before, {})
    found = numbered(after, held)

    assert found.keys() == {wish.channel_id for wish in after}
    assert len(set(plain(found).values())) == len(after)
    assert min(plain(found).values(), default=1) >= 1
    assert numbered(after, held | found) == found


def test_the_order_of_a_list_changes_no_number() -> None:
    told = [own(f"c{n}", n % 7 or None) for n in range(500)]
    first = numbered(told, {})
    random.Random(1).shuffle(told)

    assert numbered(told, first) == first
