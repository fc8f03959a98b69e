"""Fifteen of many names are in sight, and whoever is looked at is among them."""

from hypothesis import given
from hypothesis import strategies as st

from tvclient.state.name_window import SEEN, NameWindow


def test_the_newest_are_seen_and_the_rest_is_counted() -> None:
    assert NameWindow().looking_at(23, None).words == "还有 8 人"
    assert NameWindow().looking_at(15, None).words == ""


def test_further_down_one_sees_where_one_is() -> None:
    window = NameWindow().looking_at(300, 299)
    assert (window.first, window.last, window.words) == (285, 300, "286–300 / 300")


@given(st.integers(1, 500), st.lists(st.integers(0, 499), max_size=20))
def test_who_is_looked_at_is_in_sight(count: int, places: list[int]) -> None:
    window = NameWindow()
    for place in places:
        window = window.looking_at(count, place % count)
        assert window.first <= place % count < window.last <= min(count, window.first + SEEN)
    assert window.looking_at(count, None).first == 0
