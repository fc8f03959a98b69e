"""Card numbers are read as people write them, and what is mistyped is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.group.card import (
    CardError,
    CardNumber,
    has_right_check_digit,
    last_digits,
    read_card,
    read_typed_card,
)

RIGHT = "79927398713"
"""The formula's well-known example."""


def checked(payload: str) -> CardNumber:
    """A number with its check digit put behind it."""
    return next(n for d in "0123456789" if has_right_check_digit(n := CardNumber(payload + d)))


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        " 7992 7398 713\n",
        "7992-7398-713",
        "７９９２７３９８７１３",
        "7992－7398—713",
        "\u200b7992\u00a07398\u3000713\ufeff",
    ],
)
def test_a_number_is_the_same_however_it_is_written(text: str) -> None:
    assert read_card(text) == read_typed_card(text) == RIGHT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "没有写"),
        (" -　", "没有写"),
        ("1234S6", "只能是数字"),
        ("1O0000", "字母 O"),
        ("１２３４５Ｏ", "字母 O"),
        ("12345²", "只能是数字"),
        ("١٢٣٤٥٦", "只能是数字"),
        ("12345", "这里有 5 位"),
        ("1" * 20, "这里有 20 位"),
        ("\ud800123456", "只能是数字"),
    ],
)
def test_what_is_no_number_is_told_in_words(text: str, words: str) -> None:
    with pytest.raises(CardError, match=words) as told:
        read_card(text)
    assert told.value.words == str(told.value)


def test_an_old_card_without_a_check_digit_is_read_but_not_when_typed() -> None:
    assert read_card("100001") == "100001"
    with pytest.raises(CardError, match="再输入一次"):
        read_typed_card("100001")


@pytest.mark.parametrize("number", [RIGHT, "4539578763621486", "0000000", "18"])
def test_the_formula_agrees_with_known_numbers(number: str) -> None:
    assert has_right_check_digit(CardNumber(number))


@given(st.text("0123456789", min_size=5, max_size=18), st.data())
def test_one_wrong_digit_and_most_swaps_are_found(payload: str, data: st.DataObject) -> None:
    card = checked(payload)
    place = data.draw(st.integers(0, len(card) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != card[place]]))
    assert not has_right_check_digit(CardNumber(card[:place] + other + card[place + 1 :]))
    if place and {card[place - 1], card[place]} != {"0", "9"} and card[place - 1] != card[place]:
        swapped = card[: place - 1] + card[place] + card[place - 1] + card[place + 1 :]
        assert not has_right_check_digit(CardNumber(swapped))


@given(st.text())
def test_any_text_is_a_number_or_an_error_of_its_own(text: str) -> None:
    try:
        card = read_card(text)
    except CardError:
        return
    assert card.isascii() and card.isdigit() and read_card(card) == card


def test_a_list_shows_four_digits() -> None:
    assert last_digits(CardNumber(RIGHT)) == "8713"
