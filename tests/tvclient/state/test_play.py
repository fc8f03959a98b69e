"""One opening of the player, from its events to what is told and drawn."""

from hypothesis import given
from hypothesis import strategies as st

from study.rules import Kind
from study.units import BootId, ItemId, Milliseconds, MonotonicMs, PlayId
from study.watch import WatchInterval, played_ms
from tvclient.agent_client.play_state import Standing
from tvclient.playback.player_event import Opened, Opening, Paused, Playing, Position, Seeked
from tvclient.state.bar_state import Earlier, Item
from tvclient.state.play import FIRST_LATE_MS, IN_SIGHT_MS, Play, without

BOOT = BootId("boot")
OPENING = Opening(1)
STEP_MS = 200


def _play(kind: Kind = Kind.VOD, length_ms: int = 100_000) -> Play:
    return Play(
        PlayId("a"),
        ItemId("5.1"),
        Item(kind, "政务礼仪", "第 1 集", Milliseconds(length_ms)),
        MonotonicMs(0),
        BOOT,
        Earlier(Milliseconds(0)),
    )


def _watch(play: Play, start_ms: int, end_ms: int) -> None:
    """From one monotonic time to another the playhead moves, at the same place in the media."""
    play.feed(Playing(OPENING, MonotonicMs(start_ms), Milliseconds(start_ms), 1.0))
    for at_ms in range(start_ms + STEP_MS, end_ms + 1, STEP_MS):
        play.feed(Position(OPENING, MonotonicMs(at_ms), Milliseconds(at_ms)))


def _seen_until(at_ms: int) -> int:
    """What is seen of a play that was watched from 0 on."""
    return at_ms - FIRST_LATE_MS


def _pause(play: Play, at_ms: int) -> None:
    play.feed(Paused(OPENING, MonotonicMs(at_ms), Milliseconds(at_ms)))


def test_what_was_watched_is_told_and_drawn() -> None:
    play = _play()
    _watch(play, 0, 30_000)
    assert played_ms(play.state().intervals) == _seen_until(30_000)
    bar = play.bar()
    assert (bar.counted, bar.effective, bar.time_now) == (True, "00:29", "00:30")


def test_the_bar_shows_where_a_seek_would_lead() -> None:
    play = _play()
    _watch(play, 0, 10_000)
    assert play.bar(Milliseconds(50_000)).playhead == 0.5
    assert play.position_ms == 10_000


def test_the_players_length_serves_where_the_catalogue_has_none() -> None:
    play = _play(length_ms=0)
    play.feed(Opened(OPENING, MonotonicMs(0), Milliseconds(60_000)))
    assert play.length_ms == 60_000
    assert play.bar().time_total == "01:00"
    assert play.state().length_ms == 60_000


def test_the_position_follows_a_jump() -> None:
    play = _play()
    play.feed(Seeked(OPENING, MonotonicMs(10), Milliseconds(0), Milliseconds(40_000)))
    assert play.state().position_ms == 40_000


def test_the_agents_word_replaces_what_was_known_of_the_session() -> None:
    play = _play()
    _watch(play, 0, 10_000)
    assert not play.bar().counted
    play.learn(Standing(play.play_id, "s", Milliseconds(15_000), Milliseconds(25_000), True))
    assert play.bar().counted
    assert play.bar().effective == "00:24"


def test_while_the_card_asks_what_is_watched_is_held_back_and_told_after_an_answer() -> None:
    play = _play()
    _watch(play, 0, 10_000)
    play.ask(MonotonicMs(10_000))
    for at_ms in range(10_200, 15_001, STEP_MS):
        play.feed(Position(OPENING, MonotonicMs(at_ms), Milliseconds(at_ms)))
    assert played_ms(play.state().intervals) == _seen_until(10_000)
    play.answered()
    assert played_ms(play.state().intervals) == _seen_until(15_000)


def test_without_an_answer_the_time_since_the_card_never_counts() -> None:
    play = _play()
    _watch(play, 0, 10_000)
    play.ask(MonotonicMs(10_000))
    for at_ms in range(10_200, 15_001, STEP_MS):
        play.feed(Position(OPENING, MonotonicMs(at_ms), Milliseconds(at_ms)))
    play.unanswered(MonotonicMs(15_000))
    _pause(play, 15_100)
    assert played_ms(play.state().intervals) == _seen_until(10_000)
    _watch(play, 20_000, 22_000)
    assert played_ms(play.state().intervals) == _seen_until(12_000)


def test_leaving_ends_the_movement_once_the_last_picture_is_out_of_sight() -> None:
    play = _play()
    _watch(play, 0, 10_000)
    play.leave(MonotonicMs(10_150))
    state = play.state()
    assert played_ms(state.intervals) == _seen_until(10_150 + IN_SIGHT_MS)
    assert state.position_ms == 10_150 + IN_SIGHT_MS


def test_leaving_while_paused_adds_nothing() -> None:
    play = _play()
    _watch(play, 0, 10_000)
    _pause(play, 10_000)
    play.feed(Seeked(OPENING, MonotonicMs(10_500), Milliseconds(10_000), Milliseconds(3_000)))
    play.leave(MonotonicMs(60_000))
    state = play.state()
    assert played_ms(state.intervals) == _seen_until(10_000)
    assert state.position_ms == 3_000


def test_leaving_while_the_card_asks_is_no_answer() -> None:
    play = _play()
    _watch(play, 0, 10_000)
    play.ask(MonotonicMs(4_000))
    play.leave(MonotonicMs(10_000))
    state = play.state()
    assert played_ms(state.intervals) == _seen_until(4_000)
    assert state.left_ms == 10_000


def test_told_intervals_keep_their_number_and_only_grow_through_a_card() -> None:
    play = _play()
    _watch(play, 0, 4_000)
    _pause(play, 4_000)
    _watch(play, 5_000, 9_000)
    before = play.state().intervals
    play.ask(MonotonicMs(9_000))
    _pause(play, 9_400)
    _watch(play, 9_600, 12_000)
    play.unanswered(MonotonicMs(12_000))
    after = play.state().intervals
    assert after[: len(before)] == before
    assert all(interval.is_sound for interval in after)


@given(st.integers(0, 1_000), st.integers(0, 1_000), st.integers(0, 1_000), st.integers(0, 1_000))
def test_nothing_between_the_two_times_is_left(start: int, length: int, cut: int, span: int) -> None:
    end = start + length
    interval = WatchInterval(
        BOOT, MonotonicMs(start), MonotonicMs(end), Milliseconds(start), Milliseconds(end)
    )
    until = max(end, cut + span)
    (left,) = without((interval,), cut, until + 1)
    assert left.is_sound
    assert left.end_ms - left.start_ms == max(0, min(end, cut) - start)
