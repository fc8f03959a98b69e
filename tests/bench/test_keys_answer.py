"""What a recorded series of grabs says of a key."""

from bench.keys_answer import WITHIN_MS, Answer, Grab, answer_of, held_of, is_over, p95


def grabs(*changes_ms: float) -> list[Grab]:
    return [Grab(at_ms, True) for at_ms in changes_ms]


def test_an_answer_is_its_first_and_its_last_change() -> None:
    assert answer_of(grabs(1030, 1046, 1102), 1000) == Answer(30, 102)


def test_what_is_drawn_without_another_pixel_is_no_answer() -> None:
    drawn = [Grab(1016, False), Grab(1033, True), Grab(1050, False)]

    assert answer_of(drawn, 1000) == Answer(33, 33)
    assert answer_of([Grab(1016, False)], 1000) == Answer(None, None)


def test_what_was_drawn_before_the_key_is_no_answer_though_it_was_looked_at_after() -> None:
    assert answer_of(grabs(998, 1040), 1000) == Answer(40, 40)


def test_a_picture_is_at_rest_when_nothing_has_changed_for_250_ms() -> None:
    moving = [*grabs(1030, 1100), Grab(1300, False)]

    assert not is_over(moving, 1000, 1349, WITHIN_MS)
    assert is_over(moving, 1000, 1350, WITHIN_MS)


def test_a_picture_that_never_rests_is_left_in_the_end() -> None:
    endless = grabs(*range(1100, 11_100, 100))

    assert not is_over(endless, 1000, 10_999, WITHIN_MS)
    assert is_over(endless, 1000, 11_000, WITHIN_MS)


def test_a_key_is_waited_for_until_it_may_be_called_dead() -> None:
    assert not is_over([], 1000, 2999, 2000)
    assert is_over(grabs(900), 1000, 3000, 2000)


def test_a_held_key_is_counted_until_its_release_and_after_it() -> None:
    held = held_of(grabs(1030, 1430, 1630, 1830, 6004), 1000, 6000)

    assert (held.held_ms, held.pictures, held.per_s) == (5000, 4, 3 / 0.8)
    assert (held.after, held.after_ms) == (1, 4)


def test_a_held_key_that_does_nothing_has_no_pace() -> None:
    nothing, once = held_of([], 1000, 6000), held_of(grabs(1030), 1000, 6000)

    assert (nothing.pictures, nothing.per_s, nothing.after_ms) == (0, 0, 0)
    assert (once.pictures, once.per_s) == (1, 0)


def test_one_slow_key_in_a_hundred_is_not_the_p95_but_six_are() -> None:
    assert p95([20.0] * 99 + [900.0]) == 20
    assert p95([20.0] * 94 + [900.0] * 6) == 900
