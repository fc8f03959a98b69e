"""The watch recorder, compared with a simulation that counts every millisecond."""

from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from study.units import BootId, Milliseconds, MonotonicMs
from study.watch import WatchInterval, covered, played_ms
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
    Stalled,
)
from tvclient.playback.watch_recorder import WatchRecorder

BOOT = BootId("b")
ONE = Opening(1)
SPACING_MS = 500
TAIL_MS, LEAD_MS = 60, 20
MEDIA = Milliseconds(600), Milliseconds(9_000)
"""From where to where the jumps lead."""


def playing(at: int, media: int, rate: float = 1.0) -> Playing:
    return Playing(ONE, MonotonicMs(at), Milliseconds(media), rate)


def position(at: int, media: int) -> Position:
    return Position(ONE, MonotonicMs(at), Milliseconds(media))


def paused(at: int, media: int) -> Paused:
    return Paused(ONE, MonotonicMs(at), Milliseconds(media))


def recorded(*events: PlayerEvent) -> WatchRecorder:
    recorder = WatchRecorder(BOOT)
    for event in events:
        recorder.record(event)
    return recorder


def spans(recorder: WatchRecorder) -> list[tuple[int, int, int, int]]:
    return [(i.start_ms, i.end_ms, i.media_start_ms, i.media_end_ms) for i in recorder.intervals]


def test_nothing_counts_before_the_first_proof() -> None:
    assert spans(recorded(playing(1_000, 0))) == []
    assert spans(recorded(playing(1_000, 0), paused(1_200, 200))) == []


def test_counts_up_to_the_last_proof() -> None:
    assert spans(recorded(playing(1_000, 0), position(1_400, 400))) == [(1_000, 1_400, 0, 400)]


def test_a_pause_counts_up_to_its_own_moment() -> None:
    recorder = recorded(playing(1_000, 0), position(1_400, 400), paused(1_700, 700), position(2_000, 700))
    assert spans(recorder) == [(1_000, 1_700, 0, 700)]


def test_a_stall_counts_up_to_the_moment_since_which_it_stands() -> None:
    stalled = Stalled(ONE, MonotonicMs(2_400), MonotonicMs(1_500), Milliseconds(500))
    assert spans(recorded(playing(1_000, 0), position(1_400, 400), stalled)) == [(1_000, 1_500, 0, 500)]


def test_a_late_start_does_not_count() -> None:
    assert spans(recorded(playing(1_000, 0), position(1_500, 400))) == [(1_100, 1_500, 0, 400)]


def test_a_jump_counts_the_last_frames_that_are_still_shown() -> None:
    before = playing(1_000, 0), position(1_400, 400), Seeked(ONE, MonotonicMs(1_600), *MEDIA)
    after = playing(1_610, 9_000), position(2_010, 9_250)
    assert spans(recorded(*before)) == [(1_000, 1_600, 0, 600)]
    assert spans(recorded(*before, *after)) == [(1_000, 1_680, 0, 680), (1_760, 2_010, 9_000, 9_250)]


def test_frames_that_a_jump_still_shows_do_not_overlap_what_comes_after() -> None:
    before = playing(1_000, 0), position(1_400, 400), Seeked(ONE, MonotonicMs(1_600), *MEDIA)
    recorder = recorded(*before, playing(1_610, 9_000), position(2_010, 9_380))
    assert spans(recorder) == [(1_000, 1_630, 0, 630), (1_630, 2_010, 9_000, 9_380)]


def test_a_jump_out_of_a_pause_counts_the_last_frames_once() -> None:
    before = playing(1_000, 0), position(1_400, 400), paused(1_600, 600)
    jumps = [Seeked(ONE, MonotonicMs(at), *MEDIA) for at in (3_000, 4_000)]
    recorder = recorded(*before, *jumps, playing(5_000, 9_000), position(5_400, 9_400))
    assert spans(recorder) == [(1_000, 1_680, 0, 680), (5_000, 5_400, 9_000, 9_400)]


def test_a_stutter_does_not_count() -> None:
    recorder = recorded(playing(1_000, 0), position(1_500, 500), position(2_500, 1_000), paused(2_600, 1_100))
    assert played_ms(recorder.intervals) == 1_100


def test_a_jump_nobody_told_of_begins_a_new_interval() -> None:
    before = playing(1_000, 0), position(1_500, 500)
    recorder = recorded(*before, position(2_000, 9_000), position(2_500, 9_500))
    assert spans(recorder) == [(1_000, 1_500, 0, 500), (2_000, 2_500, 9_000, 9_500)]


def test_a_seek_that_lands_on_an_earlier_key_frame_counts_from_there() -> None:
    recorder = recorded(playing(1_000, 8_300), position(1_400, 6_400))
    assert spans(recorder) == [(1_000, 1_400, 6_000, 6_400)]


def test_one_and_a_half_speed_counts_real_time_and_covers_more() -> None:
    recorder = recorded(playing(1_000, 0, 1.5), position(3_000, 3_000))
    assert spans(recorder) == [(1_000, 3_000, 0, 3_000)]


def test_a_change_of_speed_begins_a_new_interval() -> None:
    recorder = recorded(
        playing(1_000, 0), position(2_000, 1_000), playing(2_100, 1_100, 2.0), position(2_600, 2_100)
    )
    assert spans(recorder) == [(1_000, 2_100, 0, 1_100), (2_100, 2_600, 1_100, 2_100)]


def test_every_other_event_ends_the_interval() -> None:
    at, media = MonotonicMs(1_700), Milliseconds(700)
    for event in (
        Buffering(ONE, at, 10),
        Seeked(ONE, at, media, Milliseconds(0)),
        Failed(ONE, at, media, FailReason.BROKE_OFF),
    ):
        recorder = recorded(playing(1_000, 0), position(1_400, 400), event, position(2_000, 1_000))
        assert spans(recorder) == [(1_000, 1_700, 0, 700)], event


def test_data_that_end_are_told_late() -> None:
    at, media = MonotonicMs(1_700), Milliseconds(700)
    for event in (Retrying(ONE, at, 1, media), Ended(ONE, at, media)):
        assert spans(recorded(playing(1_000, 0), position(1_400, 400), event)) == [(1_000, 1_440, 0, 440)]


def test_a_length_that_becomes_known_does_not_end_it() -> None:
    opened = Opened(ONE, MonotonicMs(1_450), Milliseconds(9_000))
    recorder = recorded(playing(1_000, 0), position(1_400, 400), opened, position(1_800, 800))
    assert spans(recorder) == [(1_000, 1_800, 0, 800)]


# ── against the simulation ──


@dataclass
class Simulation:
    """Plays phases a millisecond at a time, and tells of it as a player would.

    A jump is told at once; the picture goes on for `TAIL_MS` and is next seen `LEAD_MS` before the place
    it was asked for.
    """

    now: int = 5_000
    media: float = 0.0
    lead: float = 0.0
    rate: float = 1.0
    told: list[tuple[PlayerEvent, int]] = field(default_factory=list)
    moments: set[int] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    proof_at: int = 0

    def tell(self, event: PlayerEvent) -> None:
        self.told.append((event, len(self.moments)))

    def start(self) -> None:
        self.tell(playing(self.now, int(self.media), self.rate))
        self.media, self.lead = self.media - self.lead, 0.0
        self.proof_at = self.now

    def move(self, for_ms: int, spacing_ms: int) -> None:
        for _ in range(for_ms):
            self.moments.add(self.now)
            before, self.media = self.media, self.media + self.rate
            self.seen.update(range(int(before), int(self.media) + 1))
            self.now += 1
            if self.now - self.proof_at >= spacing_ms:
                self.prove()

    def prove(self) -> None:
        self.proof_at = self.now
        self.tell(position(self.now, int(self.media)))

    def play(self, late_ms: int, for_ms: int, spacing_ms: int, stutter_ms: int) -> None:
        self.start()
        self.now += late_ms
        self.move(for_ms // 2, spacing_ms)
        self.now += stutter_ms
        self.prove()
        self.move(for_ms - for_ms // 2, spacing_ms)

    def stop(self, how: str, for_ms: int, to_ms: int) -> None:
        at, media = MonotonicMs(self.now), Milliseconds(int(self.media))
        if how == "pause":
            self.tell(paused(self.now, int(self.media)))
        elif how == "buffer":
            self.tell(Buffering(ONE, at, 0))
        elif how == "seek":
            self.tell(Seeked(ONE, at, media, Milliseconds(to_ms)))
            self.proof_at = self.now + SPACING_MS
            self.move(TAIL_MS, SPACING_MS)
            self.media = float(to_ms)
            self.lead = min(LEAD_MS * self.rate, self.media)
        elif how == "stall":
            self.tell(Stalled(ONE, MonotonicMs(self.now + 900), MonotonicMs(self.proof_at), media))
        elif how == "faster":
            self.rate = {0.75: 1.0, 1.0: 1.5, 1.5: 2.0, 2.0: 0.75}[self.rate]
            return
        self.now += for_ms


PLAYS = st.tuples(
    st.integers(0, 300), st.integers(100, 4_000), st.integers(150, SPACING_MS - 1), st.integers(0, 400)
)
STOPS = st.tuples(
    st.sampled_from(["pause", "buffer", "seek", "stall", "faster"]),
    st.integers(0, 5_000),
    st.integers(2 * LEAD_MS, 20_000),
)


def growing(before: WatchInterval, after: WatchInterval) -> bool:
    same_start = (before.start_ms, before.media_start_ms) == (after.start_ms, after.media_start_ms)
    return same_start and before.end_ms <= after.end_ms and before.media_end_ms <= after.media_end_ms


@settings(max_examples=150)
@given(st.lists(st.tuples(PLAYS, STOPS), min_size=1, max_size=6))
def test_agrees_with_every_millisecond_whenever_the_process_dies(
    phases: list[tuple[tuple[int, int, int, int], tuple[str, int, int]]],
) -> None:
    simulation = Simulation()
    for play, stop in phases:
        simulation.play(*play)
        simulation.stop(*stop)
    recorder = WatchRecorder(BOOT)
    runs = stalls = 0
    reported: dict[int, WatchInterval] = {}
    for event, truly_played in simulation.told:
        recorder.record(event)
        runs += isinstance(event, Playing)
        stalls += isinstance(event, Stalled)
        for n, interval in enumerate(recorder.intervals):
            assert n not in reported or growing(reported[n], interval)
            reported[n] = interval
        counted = played_ms(reported.values())
        assert counted <= truly_played + LEAD_MS + 2 * runs, "counted more than was played"
        assert counted >= truly_played - SPACING_MS * (1 + stalls) - 2 * runs, "forgot what was played"
    assert tuple(reported[n] for n in sorted(reported)) == recorder.intervals
    assert all(interval.is_sound for interval in recorder.intervals)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(recorder.intervals))
    for start, end in covered(recorder.intervals):
        # A jump's last half frame is one before the place that it leads to.
        assert set(range(start + 3, end - 3 - 2 * LEAD_MS)) <= simulation.seen
