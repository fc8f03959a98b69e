"""What the recorder counts, held against every millisecond in which a simulated picture moved."""

from collections.abc import Callable
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from study.rules import Kind
from study.units import BootId, ItemId, Milliseconds, MonotonicMs, PlayId
from study.watch import WatchInterval, played_ms
from tests.tvclient.playback.simulated_pictures import with_pictures
from tests.tvclient.playback.simulated_playhead import (
    JUMP_LEAD_MS,
    JUMP_TAIL_MS,
    POSITION_ERROR_MS,
    SPACINGS_MS,
    STARVED_MS,
    SimulatedPlayhead,
)
from tvclient.playback.player_event import PlayerEvent, Stalled
from tvclient.playback.watch_recorder import JUMP_MS, WatchRecorder
from tvclient.state.bar_state import Earlier, Item
from tvclient.state.play import Play

BOOT = BootId("b")
NOT_YET_MS = max(SPACINGS_MS) + JUMP_MS
"""What was played since the last proof, or before a jump that is not proved yet, is not counted yet."""
ROOM_MS = 1_200

Deed = Callable[[SimulatedPlayhead], None]

TIMES = st.integers(100, 3_000)
PLACES = st.integers(2 * JUMP_LEAD_MS, 20_000)
DEEDS: st.SearchStrategy[Deed] = st.one_of(
    TIMES.map(lambda ms: lambda head: head.pause(ms)),
    PLACES.map(lambda ms: lambda head: head.seek(ms)),
    st.tuples(TIMES, PLACES).map(lambda both: lambda head: head.seek_in_a_pause(*both)),
    TIMES.map(lambda ms: lambda head: head.freeze(ms)),
    TIMES.map(lambda ms: lambda head: head.lose(ms)),
    st.sampled_from([0.75, 1.0, 1.5, 2.0]).map(lambda rate: lambda head: head.change_speed(rate)),
    st.integers(50, 400).map(lambda ms: lambda head: head.stutter(ms)),
)
EVENINGS = st.lists(st.tuples(DEEDS, st.integers(ROOM_MS, 4_000)), max_size=6)
CHANCES = st.integers(0, 1 << 32).map(Random)


def simulated(chance: Random, evening: list[tuple[Deed, int]], to_the_end: bool = True) -> SimulatedPlayhead:
    head = SimulatedPlayhead(chance)
    head.open()
    head.play(ROOM_MS)
    for deed, for_ms in evening:
        deed(head)
        head.play(for_ms)
    if to_the_end:
        head.end()
    return head


def growing(before: WatchInterval, after: WatchInterval) -> bool:
    same_start = (before.start_ms, before.media_start_ms) == (after.start_ms, after.media_start_ms)
    return same_start and before.end_ms <= after.end_ms and before.media_end_ms <= after.media_end_ms


def unproved_ms(event: PlayerEvent) -> int:
    """How much more than usual may still be missing once this was told."""
    return STARVED_MS + max(SPACINGS_MS) if isinstance(event, Stalled) else 0


@settings(max_examples=80)
@given(CHANCES, EVENINGS)
def test_the_sum_agrees_with_every_millisecond(chance: Random, evening: list[tuple[Deed, int]]) -> None:
    head = simulated(chance, evening)
    recorder = WatchRecorder(BOOT)
    for told in head.told:
        recorder.record(told.event)
    assert abs(played_ms(recorder.intervals) - len(head.moments)) <= head.blur_ms


@settings(max_examples=60)
@given(CHANCES, EVENINGS, st.sampled_from([20, 33, 40]))
def test_the_sum_agrees_where_its_pictures_are_seen(
    chance: Random, evening: list[tuple[Deed, int]], frame_ms: int
) -> None:
    head = simulated(chance, evening)
    recorder = WatchRecorder(BOOT)
    events, seen_ms = with_pictures(head, chance, frame_ms)
    for told in events:
        recorder.record(told.event)
    frames_ms = frame_ms * (len(evening) + 1)
    assert abs(played_ms(recorder.intervals) - seen_ms) <= head.blur_ms + frames_ms
    assert all(interval.is_sound for interval in recorder.intervals)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(recorder.intervals))


@settings(max_examples=80)
@given(CHANCES, EVENINGS)
def test_whenever_the_process_dies_no_more_is_counted_than_was_played_and_little_less(
    chance: Random, evening: list[tuple[Deed, int]]
) -> None:
    head = simulated(chance, evening)
    recorder = WatchRecorder(BOOT)
    reported: dict[int, WatchInterval] = {}
    missing_ms = 0
    for told in head.told:
        recorder.record(told.event)
        missing_ms = max(0, missing_ms, unproved_ms(told.event))
        for n, interval in enumerate(recorder.intervals):
            assert n not in reported or growing(reported[n], interval)
            reported[n] = interval
        counted = played_ms(reported.values())
        assert counted <= told.moved_ms + told.blur_ms, "counted more than was played"
        least_ms = told.moved_ms - told.blur_ms - NOT_YET_MS - missing_ms
        assert counted >= least_ms, "forgot what was played"
    assert tuple(reported[n] for n in sorted(reported)) == recorder.intervals


@settings(max_examples=40)
@given(CHANCES, EVENINGS)
def test_intervals_are_sound_apart_and_cover_only_what_was_shown(
    chance: Random, evening: list[tuple[Deed, int]]
) -> None:
    head = simulated(chance, evening)
    recorder = WatchRecorder(BOOT)
    for told in head.told:
        recorder.record(told.event)
    assert all(interval.is_sound for interval in recorder.intervals)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(recorder.intervals))
    fringe_ms = 2 * (JUMP_TAIL_MS + JUMP_LEAD_MS + POSITION_ERROR_MS)
    for interval in recorder.intervals:
        inner = range(interval.media_start_ms + fringe_ms, interval.media_end_ms - fringe_ms)
        assert set(inner) <= head.seen


# ── the same through a play, with presence ──

ITEM = Item(Kind.VOD, "政务礼仪", "第 1 集", Milliseconds(100_000))


@settings(max_examples=60)
@given(CHANCES, EVENINGS, st.integers(0, 12_000), st.integers(100, 4_000), st.booleans())
def test_a_play_holds_what_was_watched_with_somebody_there(
    chance: Random, evening: list[tuple[Deed, int]], asked_after_ms: int, waits_ms: int, answers: bool
) -> None:
    head = simulated(chance, evening, to_the_end=False)
    opened_ms = head.told[0].event.at_ms
    asked_ms = MonotonicMs(min(opened_ms + asked_after_ms, head.now))
    over_ms = MonotonicMs(min(asked_ms + waits_ms, head.now))
    play = Play(PlayId("a"), ItemId("5.1"), ITEM, opened_ms, BOOT, Earlier(Milliseconds(0)))
    events = [told.event for told in head.told]
    _feed(play, [event for event in events if event.at_ms <= asked_ms])
    play.ask(asked_ms)
    _feed(play, [event for event in events if asked_ms < event.at_ms <= over_ms])
    if answers:
        play.answered()
        _feed(play, [event for event in events if event.at_ms > over_ms])
        play.leave(MonotonicMs(head.now))
    else:
        play.unanswered(over_ms)
        play.leave(over_ms)
    watched_to_ms = head.now if answers else asked_ms
    watched_ms = sum(moment < watched_to_ms for moment in head.moments)
    unknown_ms = head.blur_ms + NOT_YET_MS + STARVED_MS  # left while what stands played on
    assert abs(played_ms(play.state().intervals) - watched_ms) <= unknown_ms


def _feed(play: Play, events: list[PlayerEvent]) -> None:
    for event in events:
        play.feed(event)
