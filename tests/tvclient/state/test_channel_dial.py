"""Digits make a number."""

from tvclient.state.channel_dial import ChannelDial


def _dialled(*digits: int) -> ChannelDial:
    dial = ChannelDial()
    for digit in digits:
        dial = dial.press(digit)
    return dial


def test_digits_follow_each_other() -> None:
    assert (_dialled(1, 2).digits, _dialled(1, 2).number) == ("12", 12)


def test_nobody_dials_no_number() -> None:
    assert ChannelDial().number is None


def test_leading_zeros_are_seen_and_mean_nothing() -> None:
    assert (_dialled(0, 5).digits, _dialled(0, 5).number) == ("05", 5)
    assert _dialled(0).number == 0


def test_one_digit_too_many_begins_anew() -> None:
    assert _dialled(1, 2, 3, 4).digits == "1234"
    assert _dialled(1, 2, 3, 4, 5).digits == "5"


def test_the_place_in_a_long_list_has_more_digits() -> None:
    dial = ChannelDial(most=5)
    for digit in (2, 1, 4, 0, 0):
        dial = dial.press(digit)
    assert dial.number == 21_400
    assert dial.press(7).digits == "7"
