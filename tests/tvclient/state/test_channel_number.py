"""Digits on their way to a channel."""

from tvclient.state.channel_number import DUE_AFTER_MS, MOST_DIGITS, TypedNumber, type_digit


def _typed(*digits: int, every_ms: int = 500) -> TypedNumber:
    typed = None
    for place, digit in enumerate(digits):
        typed = type_digit(typed, digit, place * every_ms)
    assert typed is not None
    return typed


def test_digits_that_follow_each_other_make_one_number() -> None:
    assert _typed(1, 2).number == 12


def test_a_zero_in_front_is_seen_and_changes_nothing() -> None:
    typed = _typed(0, 7)
    assert (typed.digits, typed.number) == ("07", 7)


def test_it_is_due_when_no_digit_has_followed_for_a_while() -> None:
    typed = _typed(4)
    assert not typed.is_due(DUE_AFTER_MS - 1)
    assert typed.is_due(DUE_AFTER_MS)


def test_a_digit_after_that_begins_a_new_number() -> None:
    assert _typed(1, 2, every_ms=DUE_AFTER_MS).number == 2


def test_no_number_is_longer_than_the_longest() -> None:
    assert _typed(*range(1, MOST_DIGITS + 2), every_ms=1).digits == str(MOST_DIGITS + 1)
