"""When a picture moved, from the moments at which one was put out."""

import pytest

from study.units import MonotonicMs
from tvclient.playback.moving_picture import FIRST_MS, LATE_MS, MUTE_MS, MovingPicture


class Screen:
    """Puts pictures out, after so many milliseconds each."""

    def __init__(self, *, lands: bool = False) -> None:
        self.picture = MovingPicture(lands=lands)
        self.now = 1_000

    def puts(self, *gaps_ms: int) -> None:
        for gap_ms in gaps_ms:
            self.now += gap_ms
            self.picture.put(MonotonicMs(self.now))

    def moves(self, pictures: int = 30, every_ms: int = 40) -> None:
        self.puts(*[every_ms] * pictures)

    def stands(self, pictures: int = 12, every_ms: int = 75) -> None:
        """What libVLC does meanwhile; on a busy machine every 60 ms."""
        self.puts(*[every_ms] * pictures)


@pytest.mark.parametrize("every_ms", [17, 20, 33, 40, 42])
def test_a_picture_that_moves_is_seen_from_its_first_to_the_end_of_its_last(every_ms: int) -> None:
    screen = Screen()
    screen.moves(every_ms=every_ms)
    assert screen.picture.moving
    assert screen.picture.since_ms == 1_000 + every_ms
    assert screen.picture.until_ms == pytest.approx(screen.now + every_ms, abs=3)


@pytest.mark.parametrize("every_ms", [60, 68, 75, 80])
def test_a_picture_that_stands_is_put_out_again_and_does_not_move(every_ms: int) -> None:
    screen = Screen()
    screen.moves()
    stood_ms = screen.now + 40
    screen.stands(every_ms=every_ms)
    assert not screen.picture.moving
    assert screen.picture.until_ms == stood_ms


def test_it_moves_again_from_its_first_new_picture() -> None:
    screen = Screen()
    screen.moves()
    screen.stands(pictures=20)
    screen.puts(22)
    again_ms = screen.now
    screen.moves()
    assert screen.picture.since_ms == again_ms


def test_the_first_pictures_come_unevenly_and_move() -> None:
    screen = Screen()
    screen.puts(40)
    first_ms = screen.now
    screen.puts(130, 17, 43)
    screen.moves()
    assert screen.picture.since_ms == first_ms
    assert screen.now - first_ms > FIRST_MS


def test_a_panel_that_goes_over_a_picture_that_stands_is_no_movement() -> None:
    screen = Screen()
    screen.moves()
    screen.stands()
    before = (screen.picture.since_ms, screen.picture.until_ms)
    screen.puts(30, 45, 75, 75, 20, 55)
    assert (screen.picture.since_ms, screen.picture.until_ms) == before
    assert not screen.picture.moving


def test_the_films_first_picture_is_none_of_those_at_the_place_where_it_begins() -> None:
    screen = Screen(lands=True)
    screen.puts(40, 26, 80, 52)
    first_ms = screen.now
    screen.puts(20)
    screen.moves()
    assert screen.picture.since_ms == first_ms


def test_where_it_goes_on_slower_after_a_jump_its_first_picture_counts() -> None:
    screen = Screen(lands=True)
    screen.puts(40)
    screen.moves()
    screen.picture.expect_end(MonotonicMs(screen.now))
    screen.picture.play_at(0.75)
    screen.puts(MUTE_MS + 20)
    first_ms = screen.now
    screen.moves(every_ms=53)
    assert screen.picture.since_ms == first_ms


def test_shown_slower_on_a_busy_machine_it_is_seen_to_its_end() -> None:
    screen = Screen()
    screen.picture.play_at(0.75)
    screen.moves(every_ms=53)
    screen.puts(*[50, 60] * 8)
    assert screen.picture.moving
    assert screen.now - screen.picture.until_ms <= 60
    before = screen.picture.until_ms
    screen.stands(every_ms=62)
    assert screen.picture.until_ms <= before + 60


def test_what_a_slow_box_decodes_and_does_not_show_fast_enough_makes_it_unsure() -> None:
    screen = Screen()
    screen.moves()
    screen.picture.decoded(MonotonicMs(screen.now))
    assert not screen.picture.unseen
    for _ in range(40):
        screen.puts(80)
        screen.picture.decoded(MonotonicMs(screen.now))
    assert not screen.picture.sure


def test_a_jump_ends_it_at_the_first_moment_that_it_stands() -> None:
    screen = Screen()
    screen.moves()
    screen.picture.expect_end(MonotonicMs(screen.now))
    screen.moves(2)
    stood_since = screen.now + 40
    screen.puts(180)
    assert not screen.picture.moving
    assert screen.picture.until_ms == pytest.approx(stood_since, abs=3)
    landed = screen.now
    screen.moves(3)
    assert screen.picture.moving
    assert screen.picture.since_ms == landed
    screen.puts(90)
    assert screen.picture.moving, "a picture that comes late later on does not end it"


def test_pictures_that_were_lost_for_a_moment_do_not_end_it() -> None:
    screen = Screen()
    screen.moves()
    since_ms = screen.picture.since_ms
    screen.puts(90, 75, 160, 20)
    screen.moves()
    assert screen.picture.moving
    assert screen.picture.since_ms == since_ms


def test_pictures_that_come_raggedly_for_a_second_do_not_end_it() -> None:
    screen = Screen()
    screen.moves()
    since_ms = screen.picture.since_ms
    screen.puts(315, 60, 182, 58, 93)
    screen.moves()
    assert screen.picture.since_ms == since_ms


def test_a_film_of_few_pictures_a_second_says_nothing() -> None:
    screen = Screen()
    screen.puts(*[80, 20] * 50)
    assert screen.picture.since_ms is None
    assert not screen.picture.sure


def test_it_is_sure_once_it_has_moved_and_no_longer_when_nobody_sees_it() -> None:
    screen = Screen()
    assert not screen.picture.sure
    screen.moves()
    assert screen.picture.sure
    screen.stands()
    assert screen.picture.sure
    screen.picture.look(MonotonicMs(screen.now + MUTE_MS + 1))
    assert not screen.picture.sure


def test_what_is_known_is_told_once() -> None:
    screen = Screen()
    assert screen.picture.news() is None
    screen.moves()
    assert screen.picture.news() == (screen.picture.since_ms, screen.picture.until_ms)
    assert screen.picture.news() is None
    screen.picture.look(MonotonicMs(screen.now + LATE_MS + 1))
    assert screen.picture.news() is None
