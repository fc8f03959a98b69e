"""What waits for the first picture is done piece by piece, or at once."""

import logging

import pytest

from tvclient.afterwards import Afterwards


def test_one_piece_at_a_time_in_their_order() -> None:
    done: list[str] = []
    later = Afterwards((lambda: done.append("keys"), lambda: done.append("film")))

    assert later.handle_one() and done == ["keys"]
    assert later.handle_one() and done == ["keys", "film"]
    assert not later.handle_one() and done == ["keys", "film"]


def test_what_is_needed_does_all_that_is_left() -> None:
    done: list[int] = []
    later = Afterwards([lambda number=number: done.append(number) for number in range(4)])
    later.handle_one()

    later.finish()

    assert done == [0, 1, 2, 3]
    assert not later.handle_one()


def test_a_piece_that_fails_is_told_and_the_others_are_done(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    later = Afterwards((lambda: 1 // 0, lambda: done.append("film")))

    with caplog.at_level(logging.ERROR):
        later.finish()

    assert done == ["film"] and "ZeroDivisionError" in caplog.text
