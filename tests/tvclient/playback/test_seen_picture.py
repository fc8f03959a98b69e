"""What is told of a picture, and when."""

from study.units import Milliseconds, MonotonicMs
from tvclient.playback.player_event import Opening, Paused, PlayerEvent, Position, Shown
from tvclient.playback.seen_picture import SeenPicture

ONE = Opening(1)


class Screen:
    def __init__(self, live: bool = False) -> None:
        self.told: list[PlayerEvent] = []
        self.picture = SeenPicture(ONE, live, 1.0, self.told.append)
        self.now = MonotonicMs(1_000)
        self.picture.open(self.now)

    def puts(self, *gaps_ms: int) -> None:
        for gap_ms in gaps_ms:
            self.now = MonotonicMs(self.now + gap_ms)
            self.picture.put(self.now)

    @property
    def last(self) -> Shown:
        assert isinstance(self.told[-1], Shown)
        return self.told[-1]


def position(at_ms: MonotonicMs) -> Position:
    return Position(ONE, at_ms, Milliseconds(0))


def test_nothing_was_seen_when_it_opens() -> None:
    screen = Screen()
    assert screen.told == [Shown(ONE, screen.now, screen.now, screen.now, goes_on=False)]


def test_that_it_moves_is_told_once_and_again_before_the_first_proof_and_every_other_event() -> None:
    screen = Screen()
    screen.puts(*[40] * 20)
    assert (len(screen.told), screen.last.since_ms, screen.last.goes_on) == (2, 1_040, True)
    screen.picture.precede(position(screen.now))
    assert (len(screen.told), screen.last.until_ms) == (3, screen.now + 40)
    screen.puts(*[40] * 5)
    screen.picture.precede(position(screen.now))
    assert len(screen.told) == 3, "proved already"
    screen.picture.precede(Paused(ONE, screen.now, Milliseconds(0)))
    assert (len(screen.told), screen.last.until_ms) == (4, screen.now + 40)


def test_that_it_stands_is_told_when_that_is_known() -> None:
    screen = Screen()
    screen.puts(*[40] * 20)
    stands_since = screen.now + 40
    screen.picture.expect_end(screen.now)
    screen.puts(70)
    screen.picture.look(screen.now)
    assert (screen.last.until_ms, screen.last.goes_on) == (stands_since, False)


def test_a_place_told_after_a_jump_before_its_picture_comes_is_no_movement() -> None:
    screen = Screen()
    screen.puts(*[40] * 20)
    stands_since = screen.now + 40
    screen.picture.expect_end(screen.now)
    screen.picture.precede(position(MonotonicMs(screen.now + 80)))
    assert screen.last.goes_on
    screen.picture.precede(Paused(ONE, MonotonicMs(screen.now + 90), Milliseconds(0)))
    screen.picture.precede(position(MonotonicMs(screen.now + 300)))
    assert (screen.last.until_ms, screen.last.goes_on) == (stands_since, False)


def test_live_is_not_expected_to_stand_whatever_is_told() -> None:
    screen = Screen(live=True)
    screen.puts(*[40] * 20)
    screen.picture.expect_end(screen.now)
    screen.puts(70)
    screen.picture.look(screen.now)
    assert screen.last.goes_on


def test_the_pictures_of_another_load_are_no_continuation() -> None:
    screen = Screen()
    screen.puts(*[40] * 20)
    until_ms = screen.now + 40
    screen.picture.load(screen.now)
    assert screen.last.until_ms == until_ms
    screen.puts(*[40] * 5)
    assert screen.last.since_ms > until_ms - 40


def test_only_live_stands_for_sure_while_it_is_not_seen_to_move() -> None:
    course, live = Screen(), Screen(live=True)
    for screen in (course, live):
        screen.puts(*[40] * 20)
    assert (course.picture.sure, live.picture.sure) == (False, True)


def test_a_film_that_is_shown_slower_tells_as_well() -> None:
    screen = Screen()
    screen.puts(*[53] * 20)
    assert len(screen.told) == 1
    screen.picture.play_at(0.75)
    screen.puts(*[53] * 20)
    assert screen.last.goes_on
    since_ms = screen.last.since_ms
    screen.picture.play_at(1.25)
    screen.puts(*[53] * 12, *[32] * 20)
    screen.picture.precede(Paused(ONE, screen.now, Milliseconds(0)))
    assert (screen.last.since_ms, screen.last.goes_on) == (since_ms, True)
