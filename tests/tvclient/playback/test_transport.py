"""What is made of libVLC's signals, without libVLC."""

import pytest

from study.units import Milliseconds, MonotonicMs
from tvclient.playback.attempts import (
    COURSE_PATIENCE_MS,
    COURSE_WAITS_MS,
    LIVE_OPEN_PATIENCE_MS,
    LIVE_PATIENCE_MS,
    LIVE_WAITS_MS,
)
from tvclient.playback.order import (
    Load,
    Order,
    Unload,
)
from tvclient.playback.player_event import (
    Buffering,
    Ended,
    Failed,
    FailReason,
    Opened,
    Opening,
    Paused,
    PlayerEvent,
    Playing,
    Position,
    Retrying,
    Seeked,
    Shown,
    Stalled,
)
from tvclient.playback.transport import (
    BLIND_MS,
    CACHED_MS,
    FIRST_PICTURE_MS,
    LIVE_STALL_MS,
    Transport,
)

LENGTH_MS = 60_000


class Bench:
    """A transport, the events it told and a clock in steps of the player's."""

    def __init__(self, live: bool = False, start_ms: int = 0, by_clock: bool = False) -> None:
        self.events: list[PlayerEvent] = []
        self.orders: list[Order] = []
        self.now = 1_000
        self.transport = Transport(
            Opening(1), live, Milliseconds(start_ms), 1.0, self.events.append, by_clock
        )
        self.look()

    @property
    def at(self) -> MonotonicMs:
        return MonotonicMs(self.now)

    def look(self) -> None:
        order = self.transport.order_at(self.at)
        if order is not None:
            self.orders.append(order)

    def wait(self, ms: int) -> None:
        for _ in range(0, ms, 100):
            self.now += 100
            self.look()

    def load(self, length_ms: int = LENGTH_MS, shown: bool = True) -> None:
        """What libVLC signals when media open well."""
        self.transport.length(self.at, length_ms)
        self.transport.playing(self.at)
        self.transport.buffering(self.at, 0)
        self.transport.buffering(self.at, 100)
        if shown:
            self.transport.played_out(self.at, 1)

    def play(self, from_ms: int, for_ms: int) -> None:
        for media_ms in range(from_ms + 500, from_ms + for_ms + 1, 500):
            self.wait(500)
            self.transport.time(self.at, media_ms)

    def kinds(self) -> list[str]:
        return [type(event).__name__ for event in self.events if not isinstance(event, Position)]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_loads_at_once_from_the_start_asked_for() -> None:
    assert Bench(start_ms=8_000).orders == [Load(Milliseconds(8_000))]
    assert Bench(live=True, start_ms=8_000).orders == [Load(Milliseconds(0))]


def test_opened_then_playing_once_buffered(bench: Bench) -> None:
    bench.load()
    assert bench.kinds() == ["Opened", "Buffering", "Shown", "Playing"]
    assert bench.events[0] == Opened(Opening(1), bench.at, Milliseconds(LENGTH_MS))


def test_live_has_no_length() -> None:
    bench = Bench(live=True)
    bench.load(length_ms=10_000)
    assert Opened(Opening(1), bench.at, None) in bench.events


def test_positions_before_buffering_are_no_proof(bench: Bench) -> None:
    bench.transport.playing(bench.at)
    bench.transport.time(bench.at, 400)
    assert bench.events == []


def test_the_same_position_again_is_no_proof(bench: Bench) -> None:
    bench.load()
    bench.wait(300)
    bench.transport.time(bench.at, 300)
    bench.wait(300)
    bench.transport.time(bench.at, 300)
    assert sum(isinstance(event, Position) for event in bench.events) == 1


def test_a_stall_is_told_within_a_second_of_the_last_proof(bench: Bench) -> None:
    bench.load()
    bench.play(0, 2_000)
    stood_since = bench.at
    bench.wait(1_000)
    stalled = bench.events[-1]
    assert isinstance(stalled, Stalled)
    assert stalled.since_ms == stood_since
    assert stalled.media_ms == 2_000
    assert stalled.at_ms - stood_since <= 1_000


def test_goes_on_by_itself_after_a_stall(bench: Bench) -> None:
    bench.load()
    bench.play(0, 1_000)
    bench.wait(3_000)
    bench.transport.time(bench.at, 1_400)
    assert bench.events[-1] == Playing(Opening(1), bench.at, Milliseconds(1_400), 1.0)


def test_a_pause_is_no_stall(bench: Bench) -> None:
    bench.load()
    bench.play(0, 1_000)
    bench.transport.wish_pause(bench.at)
    bench.transport.paused(bench.at)
    bench.wait(60_000)
    assert bench.events[-1] == Paused(Opening(1), MonotonicMs(bench.now - 60_000), Milliseconds(1_000))
    assert bench.orders == [Load(Milliseconds(0))]


def test_buffering_in_the_middle_ends_movement_until_it_is_full(bench: Bench) -> None:
    bench.load()
    bench.play(0, 1_000)
    bench.transport.buffering(bench.at, 3)
    bench.transport.buffering(bench.at, 7)
    bench.transport.buffering(bench.at, 42)
    bench.transport.buffering(bench.at, 100)
    told = [event.percent for event in bench.events if isinstance(event, Buffering)]
    assert told == [0, 3, 42]
    assert isinstance(bench.events[-1], Playing)


def test_a_seek_tells_from_where_to_where(bench: Bench) -> None:
    bench.load()
    bench.play(0, 1_000)
    bench.now += 200
    assert bench.transport.seek(bench.at, Milliseconds(30_000)) == 30_000
    assert bench.events[-1] == Seeked(Opening(1), bench.at, Milliseconds(1_200), Milliseconds(30_000))
    bench.transport.time(bench.at, 30_000)
    bench.transport.buffering(bench.at, 100)
    assert bench.events[-1] == Playing(Opening(1), bench.at, Milliseconds(30_000), 1.0)


def test_a_seek_is_bounded(bench: Bench) -> None:
    bench.load()
    assert bench.transport.seek(bench.at, Milliseconds(-5)) == 0
    assert bench.transport.seek(bench.at, Milliseconds(LENGTH_MS + 5)) == LENGTH_MS


def test_live_cannot_be_sought() -> None:
    bench = Bench(live=True)
    bench.load()
    assert bench.transport.seek(bench.at, Milliseconds(5_000)) is None
    assert "Seeked" not in bench.kinds()


def test_a_seek_while_paused_stays_paused(bench: Bench) -> None:
    bench.load()
    bench.transport.paused(bench.at)
    bench.transport.seek(bench.at, Milliseconds(30_000))
    bench.transport.buffering(bench.at, 0)
    bench.transport.buffering(bench.at, 100)
    assert bench.kinds()[-1] == "Seeked"
    bench.transport.playing(bench.at)
    assert bench.events[-1] == Playing(Opening(1), bench.at, Milliseconds(30_000), 1.0)


def test_the_end_near_the_length_is_the_end(bench: Bench) -> None:
    bench.load()
    bench.play(0, LENGTH_MS - 1_000)
    bench.transport.ended(bench.at)
    bench.look()
    assert isinstance(bench.events[-1], Ended)
    assert bench.orders[-1] == Unload()


def test_the_end_of_data_in_the_middle_is_fetched_again_from_there(bench: Bench) -> None:
    bench.load()
    bench.play(0, 20_000)
    bench.transport.ended(bench.at)
    assert bench.events[-1] == Retrying(Opening(1), bench.at, 1, Milliseconds(COURSE_WAITS_MS[0]))
    bench.wait(COURSE_WAITS_MS[0])
    assert bench.orders[-1] == Load(Milliseconds(20_000))
    bench.load()
    assert bench.events[-1] == Playing(Opening(1), bench.at, Milliseconds(20_000), 1.0)


def test_a_course_that_stays_broken_has_failed(bench: Bench) -> None:
    bench.load()
    bench.play(0, 20_000)
    bench.transport.ended(bench.at)
    for wait_ms in COURSE_WAITS_MS:
        bench.wait(wait_ms)
        bench.transport.broken(bench.at)
    bench.look()
    assert bench.events[-1] == Failed(Opening(1), bench.at, Milliseconds(20_000), FailReason.BROKE_OFF)
    assert bench.orders[-1] == Unload()


def test_attempts_start_over_after_it_has_played_well(bench: Bench) -> None:
    bench.load()
    bench.play(0, 5_000)
    bench.transport.ended(bench.at)
    bench.wait(COURSE_WAITS_MS[0])
    bench.load()
    bench.play(5_000, 15_000)
    bench.transport.ended(bench.at)
    assert bench.events[-1] == Retrying(Opening(1), bench.at, 1, Milliseconds(COURSE_WAITS_MS[0]))


def test_what_cannot_be_opened_has_failed_at_once(bench: Bench) -> None:
    bench.transport.broken(bench.at)
    assert bench.events == [Failed(Opening(1), bench.at, Milliseconds(0), FailReason.CANNOT_OPEN)]


def test_what_ends_without_having_had_anything_could_not_be_opened(bench: Bench) -> None:
    bench.transport.playing(bench.at)
    bench.transport.ended(bench.at)
    assert bench.events == [Failed(Opening(1), bench.at, Milliseconds(0), FailReason.CANNOT_OPEN)]


def test_a_known_length_without_any_movement_could_not_be_opened_either(bench: Bench) -> None:
    bench.load()
    bench.transport.ended(bench.at)
    assert bench.events[-1] == Failed(Opening(1), bench.at, Milliseconds(0), FailReason.CANNOT_OPEN)


def test_no_answer_has_failed_after_some_patience(bench: Bench) -> None:
    bench.wait(COURSE_PATIENCE_MS - 100)
    assert bench.events == []
    bench.wait(100)
    assert bench.events == [Failed(Opening(1), bench.at, Milliseconds(0), FailReason.NO_ANSWER)]


def live_playing() -> Bench:
    bench = Bench(live=True)
    bench.load(length_ms=0)
    for count in range(0, 200, 10):
        bench.wait(200)
        bench.transport.played_out(bench.at, count)
    return bench


def test_positions_without_any_picture_or_sound_are_no_movement_and_fail(bench: Bench) -> None:
    bench.load(shown=False)
    playing_at = bench.at
    for media_ms in range(250, BLIND_MS, 250):
        bench.wait(200)
        bench.transport.played_out(bench.at, 0)
        bench.transport.time(bench.at, media_ms)
    assert not any(isinstance(event, Position) for event in bench.events)
    bench.wait(1_000)
    stalled, failed = bench.events[-2:]
    assert isinstance(stalled, Stalled)
    assert (stalled.since_ms, stalled.media_ms) == (playing_at, 0)
    assert failed == Failed(Opening(1), stalled.at_ms, Milliseconds(0), FailReason.CANNOT_SHOW)
    assert bench.orders[-1] == Unload()


def test_the_end_without_any_picture_or_sound_is_a_failure(bench: Bench) -> None:
    bench.load(length_ms=2_000, shown=False)
    bench.wait(1_000)
    bench.transport.time(bench.at, 1_000)
    bench.transport.ended(bench.at)
    assert bench.events[-1] == Failed(Opening(1), bench.at, Milliseconds(0), FailReason.CANNOT_SHOW)


def test_pictures_that_come_late_are_waited_for(bench: Bench) -> None:
    bench.load(shown=False)
    bench.wait(700)
    bench.transport.time(bench.at, 100)
    bench.wait(800)
    bench.transport.played_out(bench.at, 3)
    bench.transport.time(bench.at, 350)
    assert bench.kinds()[-1] == "Playing"
    assert bench.events[-1] == Position(Opening(1), bench.at, Milliseconds(350))


def test_positions_of_hls_prove_movement_and_the_clock_says_where() -> None:
    bench = Bench(by_clock=True)
    bench.load()
    for media_ms in (287, 260, 300, 1_237, 900):
        bench.wait(300)
        bench.transport.time(bench.at, media_ms)
    bench.transport.seek(bench.at, Milliseconds(30_000))
    bench.transport.buffering(bench.at, 100)
    bench.wait(300)
    bench.transport.time(bench.at, 2_160)
    told = [event.media_ms for event in bench.events if isinstance(event, Position)]
    assert told == [240, 540, 840, 1_140, 1_440, 30_240]


def test_hls_on_demand_that_stands_still_stalls() -> None:
    bench = Bench(by_clock=True)
    bench.load()
    for _ in range(5):
        bench.wait(300)
        bench.transport.time(bench.at, 500)
    assert bench.kinds()[-1] == "Stalled"


def test_live_counts_by_what_is_put_out_whatever_its_positions_say() -> None:
    bench = live_playing()
    bench.transport.time(bench.at, 99_999)
    last = bench.events[-1]
    assert isinstance(last, Position)
    assert last.media_ms == last.at_ms - 1_000 - FIRST_PICTURE_MS
    assert bench.kinds()[-1] == "Playing"


def test_a_rising_position_of_live_proves_movement_where_nothing_is_counted() -> None:
    bench = live_playing()
    for media_ms in (0, 250, 500, 750, 20, 270, 520, 770):
        bench.wait(250)
        bench.transport.time(bench.at, media_ms)
    assert bench.kinds()[-1] == "Playing"


def test_a_position_of_live_that_stands_or_falls_proves_nothing() -> None:
    bench = live_playing()
    bench.transport.time(bench.at, 5_000)
    stood_since = bench.at
    for _ in range(10):
        bench.wait(100)
        bench.transport.time(bench.at, 5_000)
    bench.transport.time(bench.at, 4_000)
    stalled = bench.events[-1]
    assert isinstance(stalled, Stalled)
    assert stalled.since_ms == stood_since
    assert stalled.at_ms - stood_since <= LIVE_STALL_MS + 100


def test_where_live_came_to_stand_is_told_by_a_position_that_rose_less_than_before() -> None:
    bench = live_playing()
    bench.wait(200)
    for media_ms in (5_000, 5_200, 5_400, 5_440):
        bench.transport.time(bench.at, media_ms)
        bench.wait(200)
    before, last = (event for event in bench.events[-2:] if isinstance(event, Position))
    assert last.media_ms == before.media_ms + 40


def puts(bench: Bench, *gaps_ms: int) -> None:
    for gap_ms in gaps_ms:
        bench.now += gap_ms
        bench.transport.put(bench.at)
        bench.look()


def test_live_whose_picture_moves_is_proved_by_it_alone() -> None:
    bench = live_playing()
    puts(bench, *[40] * 100)
    assert bench.kinds()[-1] == "Shown"
    proofs = [event for event in bench.events if isinstance(event, Position)]
    assert len(proofs) >= 15
    assert bench.at - proofs[-1].at_ms <= 240


def test_live_whose_picture_stands_while_its_sound_goes_on_does_not_count() -> None:
    bench = live_playing()
    puts(bench, *[40] * 50)
    stood_since = bench.at
    for sounds in range(25):
        puts(bench, 75)
        bench.transport.time(bench.at, 5_000 + 75 * sounds)
        bench.transport.played_out(bench.at, 100 + sounds)
    (stalled,) = (event for event in bench.events if isinstance(event, Stalled))
    assert stood_since - 200 <= stalled.since_ms <= stood_since
    assert stalled.at_ms - stood_since <= LIVE_STALL_MS + 100
    assert bench.kinds()[-1] == "Stalled"


def test_live_that_a_slow_box_shows_picture_by_picture_does_not_stand() -> None:
    bench = live_playing()
    puts(bench, *[40] * 50)
    for pictures in range(20):
        puts(bench, 90, 130, 70)
        bench.transport.played_out(bench.at, 100 + 5 * pictures, 100 + 2 * pictures)
    assert "Stalled" not in bench.kinds()


def test_nothing_was_seen_yet_when_it_opens(bench: Bench) -> None:
    bench.load()
    for opened in (bench, live_playing()):
        (unseen,) = (event for event in opened.events if isinstance(event, Shown))
        assert unseen.since_ms == unseen.until_ms == unseen.at_ms


def test_a_picture_that_moves_again_at_once_is_told_at_once() -> None:
    bench = live_playing()
    puts(bench, *[40] * 50, *[75] * 6, 40, 40)
    again = bench.at
    puts(bench, 40, 40, 40, 40)
    told = [event for event in bench.events if isinstance(event, Shown)][-1]
    assert told.since_ms < again <= told.at_ms <= bench.at


def test_the_pictures_of_a_load_are_none_of_the_one_before() -> None:
    bench = live_playing()
    puts(bench, *[40] * 50)
    stood_since = bench.at + 40
    bench.transport.broken(bench.at)
    bench.wait(600)
    puts(bench, *[40] * 10)
    bench.transport.buffering(bench.at, 0)
    told = [event for event in bench.events if isinstance(event, Shown)]
    assert max(event.until_ms for event in told if event.since_ms < stood_since) == stood_since


def test_a_course_may_stand_while_it_goes_on(bench: Bench) -> None:
    bench.load()
    for media_ms in range(400, 10_000, 400):
        puts(bench, *[40 if media_ms < 2_000 else 80] * (10 if media_ms < 2_000 else 5))
        bench.transport.time(bench.at, media_ms)
    assert "Stalled" not in bench.kinds()
    assert len([event for event in bench.events if isinstance(event, Position)]) == 24


def test_the_pictures_of_a_course_prove_nothing_by_themselves(bench: Bench) -> None:
    bench.load()
    bench.play(0, 1_000)
    puts(bench, *[40] * 50)
    assert bench.kinds()[-1] == "Stalled"


def test_the_picture_tells_until_when_live_was_seen_and_since_when_again() -> None:
    bench = live_playing()
    puts(bench, *[40] * 50)
    stood_since = bench.at + 40
    puts(bench, *[75] * 30, 20)
    again = bench.at
    puts(bench, *[40] * 10)
    told = [event for event in bench.events if isinstance(event, Shown)]
    assert [event.until_ms for event in told if not event.goes_on][-1] == stood_since
    assert told[-1].goes_on
    assert told[-1].since_ms == again
    assert [kind for kind in bench.kinds() if kind != "Shown"][-2:] == ["Stalled", "Playing"]


def test_live_whose_pictures_nobody_tells_of_any_more_is_proved_by_its_positions_again() -> None:
    bench = live_playing()
    puts(bench, *[40] * 50)
    for media_ms in range(5_000, 9_000, 250):
        bench.wait(200)
        bench.transport.time(bench.at, media_ms)
    assert "Stalled" not in bench.kinds()


def test_live_whose_input_is_mute_plays_what_is_in_store_before_it_is_said_to_stand() -> None:
    bench = live_playing()
    bench.wait(CACHED_MS)
    assert bench.kinds()[-1] == "Playing"
    bench.wait(LIVE_STALL_MS)
    assert bench.kinds()[-1] == "Stalled"


def test_live_that_gathers_data_slowly_is_not_fetched_anew_while_they_come() -> None:
    bench = Bench(live=True)
    for percent in range(0, 100, 20):
        bench.transport.buffering(bench.at, percent)
        bench.wait(LIVE_OPEN_PATIENCE_MS - 100)
    assert bench.kinds()[-1] == "Buffering"
    bench.wait(100)
    assert bench.kinds()[-1] == "Retrying"


def test_live_that_played_and_gathers_data_in_vain_is_fetched_anew_sooner() -> None:
    bench = live_playing()
    bench.transport.buffering(bench.at, 0)
    bench.wait(LIVE_PATIENCE_MS)
    assert bench.kinds()[-1] == "Retrying"


def test_dead_live_is_fetched_again_for_as_long_as_it_takes() -> None:
    bench = live_playing()
    bench.wait(LIVE_PATIENCE_MS + 2_000)
    assert bench.kinds()[-2:] == ["Stalled", "Retrying"]
    for _ in range(20):
        bench.wait(max(LIVE_WAITS_MS))
        bench.transport.broken(bench.at)
    waits = [event.wait_ms for event in bench.events if isinstance(event, Retrying)]
    assert waits[: len(LIVE_WAITS_MS)] == list(LIVE_WAITS_MS)
    assert set(waits[len(LIVE_WAITS_MS) :]) == {max(LIVE_WAITS_MS)}
    bench.wait(max(LIVE_WAITS_MS))
    bench.load(length_ms=0)
    assert bench.kinds()[-1] == "Playing"


def test_what_is_lost_is_tried_again_at_once_when_somebody_wishes_to_go_on() -> None:
    bench = live_playing()
    bench.transport.broken(bench.at)
    bench.transport.wish_resume(bench.at)
    bench.look()
    assert bench.orders == [Load(Milliseconds(0)), Load(Milliseconds(0))]


def test_live_goes_on_at_the_live_edge_after_a_pause() -> None:
    bench = live_playing()
    bench.transport.wish_pause(bench.at)
    bench.transport.paused(bench.at)
    bench.wait(30_000)
    bench.transport.wish_resume(bench.at)
    bench.look()
    assert bench.orders == [Load(Milliseconds(0)), Load(Milliseconds(0))]


def test_a_pause_while_waiting_stops_trying_until_resumed(bench: Bench) -> None:
    bench.load()
    bench.play(0, 20_000)
    bench.transport.ended(bench.at)
    bench.transport.wish_pause(bench.at)
    bench.wait(60_000)
    assert isinstance(bench.events[-1], Paused)
    assert len(bench.orders) == 1
    bench.transport.wish_resume(bench.at)
    bench.look()
    assert bench.orders[-1] == Load(Milliseconds(20_000))


def test_a_seek_while_waiting_is_where_the_next_attempt_starts(bench: Bench) -> None:
    bench.load()
    bench.play(0, 20_000)
    bench.transport.ended(bench.at)
    assert bench.transport.seek(bench.at, Milliseconds(5_000)) is None
    bench.wait(COURSE_WAITS_MS[0])
    assert bench.orders[-1] == Load(Milliseconds(5_000))


def test_a_change_of_speed_while_moving_is_another_playing(bench: Bench) -> None:
    bench.load()
    bench.play(0, 1_000)
    assert bench.transport.set_rate(bench.at, 1.5) is None
    assert bench.events[-1] == Playing(Opening(1), bench.at, Milliseconds(1_000), 1.5)


def test_slower_begins_with_a_jump_to_where_it_is(bench: Bench) -> None:
    bench.load()
    bench.play(0, 1_000)
    assert bench.transport.set_rate(bench.at, 0.75) == 1_000
    assert bench.events[-1] == Seeked(Opening(1), bench.at, Milliseconds(1_000), Milliseconds(1_000))
    bench.transport.buffering(bench.at, 0)
    bench.transport.buffering(bench.at, 100)
    assert bench.events[-1] == Playing(Opening(1), bench.at, Milliseconds(1_000), 0.75)


def test_slower_while_paused_needs_no_jump(bench: Bench) -> None:
    bench.load()
    bench.play(0, 1_000)
    bench.transport.paused(bench.at)
    assert bench.transport.set_rate(bench.at, 0.75) is None


def test_nothing_comes_after_the_end(bench: Bench) -> None:
    bench.transport.broken(bench.at)
    told = len(bench.events)
    bench.load()
    bench.transport.paused(bench.at)
    bench.transport.ended(bench.at)
    bench.transport.time(bench.at, 5_000)
    bench.wait(60_000)
    assert len(bench.events) == told
