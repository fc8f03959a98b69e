"""When a program may be said to have answered a key."""

from bench.keys_start import is_taken_back


def test_what_a_key_did_is_taken_back_though_a_picture_came_in_meanwhile() -> None:
    assert is_taken_back([1, 1, 1, 1], [1, 2, 2, 2], [1, 1, 1, 3])


def test_a_program_that_only_comes_up_takes_nothing_back() -> None:
    assert not is_taken_back([1, 1, 1], [2, 2, 2], [2, 2, 3])


def test_where_nothing_changed_nothing_was_answered() -> None:
    assert not is_taken_back([1, 1], [1, 1], [1, 1])
