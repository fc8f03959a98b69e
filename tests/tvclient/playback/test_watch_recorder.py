"""The watch recorder, event by event."""

from study.units import BootId, Milliseconds, MonotonicMs
from study.watch import played_ms
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
from tvclient.playback.watch_recorder import WatchRecorder

BOOT = BootId("b")
ONE = Opening(1)
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


def test_a_first_picture_that_comes_late_begins_late_and_further_on() -> None:
    recorder = WatchRecorder(BOOT, late_ms=14)
    for event in (playing(1_000, 0), position(1_400, 400), paused(1_500, 500)):
        recorder.record(event)
    assert spans(recorder) == [(1_014, 1_500, 14, 500)]
    recorder.record(playing(2_000, 500))
    recorder.record(position(2_400, 900))
    assert spans(recorder)[1:] == [(2_000, 2_400, 500, 900)]


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


def test_live_that_was_paused_goes_on_elsewhere() -> None:
    before = playing(1_000, 0), position(1_400, 400), paused(1_600, 600)
    gathered = Buffering(ONE, MonotonicMs(5_000), 0)
    recorder = recorded(*before, gathered, playing(5_100, 600), position(5_500, 1_000))
    assert spans(recorder) == [(1_000, 1_680, 0, 680), (5_100, 5_500, 600, 1_000)]


def test_a_stutter_does_not_count() -> None:
    recorder = recorded(playing(1_000, 0), position(1_500, 500), position(2_500, 1_000), paused(2_600, 1_100))
    assert played_ms(recorder.intervals) == 1_100


def test_many_stutters_are_no_jump() -> None:
    stutters = [position(1_500 + 1_000 * n, 500 + 600 * n) for n in range(10)]
    recorder = recorded(playing(1_000, 0), *stutters)
    assert spans(recorder) == [(1_000, 6_900, 0, 5_900)]


def test_a_jump_nobody_told_of_begins_a_new_interval() -> None:
    before = playing(1_000, 0), position(1_500, 500)
    recorder = recorded(*before, position(2_000, 9_000), position(2_500, 9_500))
    assert spans(recorder) == [(1_000, 1_500, 0, 500), (2_000, 2_500, 9_000, 9_500)]


def test_a_seek_that_lands_on_an_earlier_key_frame_counts_from_there() -> None:
    recorder = recorded(playing(1_000, 8_300), position(1_400, 6_400))
    assert spans(recorder) == [(1_100, 1_400, 6_100, 6_400)]


def test_one_and_a_half_speed_counts_real_time_and_covers_more() -> None:
    recorder = recorded(playing(1_000, 0, 1.5), position(3_000, 3_000))
    assert spans(recorder) == [(1_000, 3_000, 0, 3_000)]


def test_a_change_of_speed_begins_a_new_interval() -> None:
    recorder = recorded(
        playing(1_000, 0), position(2_000, 1_000), playing(2_100, 1_100, 2.0), position(2_600, 2_100)
    )
    assert spans(recorder) == [(1_000, 2_100, 0, 1_100), (2_100, 2_600, 1_100, 2_100)]


def test_what_becomes_faster_moves_meanwhile_although_its_places_come_late() -> None:
    recorder = recorded(
        playing(1_000, 0), position(2_000, 1_000), playing(2_100, 1_100, 2.0), position(2_600, 2_020)
    )
    assert spans(recorder) == [(1_000, 2_100, 0, 1_100), (2_100, 2_600, 1_020, 2_020)]


def test_every_other_event_ends_the_interval() -> None:
    at, media = MonotonicMs(1_700), Milliseconds(700)
    for event in (
        Buffering(ONE, at, 10),
        Seeked(ONE, at, media, Milliseconds(0)),
        Failed(ONE, at, media, FailReason.BROKE_OFF),
    ):
        recorder = recorded(playing(1_000, 0), position(1_400, 400), event, position(2_000, 1_000))
        assert spans(recorder) == [(1_000, 1_700, 0, 700)], event


def test_data_that_break_off_are_told_late() -> None:
    event = Retrying(ONE, MonotonicMs(1_700), 1, Milliseconds(500))
    assert spans(recorded(playing(1_000, 0), position(1_400, 400), event)) == [(1_000, 1_440, 0, 440)]


def test_a_course_counts_to_its_last_frame_though_that_is_proved_early_and_told_late() -> None:
    for media, end in ((600, 1_600), (400, 1_440), (9_000, 1_700)):
        event = Ended(ONE, MonotonicMs(1_700), Milliseconds(media))
        counted = spans(recorded(playing(1_000, 0), position(1_400, 400), event))
        assert counted == [(1_000, end, 0, end - 1_000)]


def test_a_length_that_becomes_known_does_not_end_it() -> None:
    opened = Opened(ONE, MonotonicMs(1_450), Milliseconds(9_000))
    recorder = recorded(playing(1_000, 0), position(1_400, 400), opened, position(1_800, 800))
    assert spans(recorder) == [(1_000, 1_800, 0, 800)]


def test_what_a_standing_stream_still_showed_is_known_when_it_moves_again() -> None:
    stalled = Stalled(ONE, MonotonicMs(2_300), MonotonicMs(1_500), Milliseconds(500))
    before = playing(1_000, 0), position(1_500, 500), stalled
    gathered = Buffering(ONE, MonotonicMs(9_000), 0)
    recorder = recorded(*before, gathered, playing(9_100, 500), position(9_400, 2_100))
    assert spans(recorder) == [(1_000, 2_650, 0, 1_650), (9_100, 9_400, 1_800, 2_100)]
    recorder = recorded(*before, playing(9_100, 1_900), position(9_400, 2_200))
    assert spans(recorder) == [(1_000, 2_750, 0, 1_750), (9_100, 9_400, 1_900, 2_200)]


def test_a_stream_that_goes_on_far_ahead_was_not_shown_in_between() -> None:
    stalled = Stalled(ONE, MonotonicMs(2_300), MonotonicMs(1_500), Milliseconds(500))
    before = playing(1_000, 0), position(1_500, 500), stalled
    recorder = recorded(*before, playing(9_100, 500), position(9_400, 6_300))
    assert spans(recorder) == [(1_000, 1_500, 0, 500), (9_200, 9_400, 6_100, 6_300)]


def shown(at: int, since: int, until: int) -> Shown:
    """It stands when that is told later than until when it moved."""
    return Shown(ONE, MonotonicMs(at), MonotonicMs(since), MonotonicMs(until), goes_on=at <= until)


def test_a_picture_that_is_seen_to_move_counts_from_its_first_moment() -> None:
    recorder = recorded(playing(1_000, 0), shown(1_300, 1_120, 1_300), position(1_400, 350))
    assert spans(recorder) == [(1_120, 1_400, 70, 350)]


def test_a_picture_that_is_seen_to_stand_ends_what_counts_whatever_was_told() -> None:
    stalled = Stalled(ONE, MonotonicMs(2_500), MonotonicMs(1_700), Milliseconds(700))
    moving = playing(1_000, 0), shown(1_300, 1_000, 1_300), position(1_400, 400)
    assert spans(recorded(*moving, shown(2_400, 1_000, 1_560), stalled)) == [(1_000, 1_560, 0, 560)]


def test_a_picture_that_moves_on_after_its_end_was_told_counts_until_it_stands() -> None:
    ended = Retrying(ONE, MonotonicMs(1_500), 1, Milliseconds(500))
    moving = playing(1_000, 0), shown(1_300, 1_000, 1_300), position(1_400, 400), shown(1_500, 1_000, 1_500)
    recorder = recorded(*moving, ended, shown(2_300, 1_000, 1_940))
    assert spans(recorder) == [(1_000, 1_940, 0, 940)]


def test_a_picture_that_is_not_seen_to_move_yet_is_waited_for() -> None:
    before = playing(1_000, 0), shown(1_300, 1_000, 1_300), position(1_400, 400), shown(1_600, 1_000, 1_440)
    again = paused(1_450, 440), playing(2_000, 440), position(2_250, 690)
    assert spans(recorded(*before, *again)) == [(1_000, 1_450, 0, 450)]
    recorder = recorded(*before, *again, shown(2_600, 2_400, 2_600), position(2_700, 740))
    assert spans(recorder)[1:] == [(2_400, 2_700, 440, 740)]


def test_a_picture_that_is_never_seen_to_move_again_is_not_waited_for_in_vain() -> None:
    before = playing(1_000, 0), shown(1_300, 1_000, 1_300), position(1_400, 400), shown(1_600, 1_000, 1_440)
    again = (
        paused(1_450, 440),
        playing(2_000, 440),
        *(position(at, at - 1_560) for at in range(2_250, 5_000, 250)),
    )
    assert spans(recorded(*before, *again))[1:] == [(2_000, 4_750, 440, 3_190)]


def test_what_ends_while_its_picture_is_waited_for_counts_by_its_places() -> None:
    before = playing(1_000, 0), shown(1_300, 1_000, 1_300), position(1_400, 400), shown(1_600, 1_000, 1_440)
    again = paused(1_450, 440), playing(2_000, 440), position(2_250, 690), position(2_500, 940)
    assert spans(recorded(*before, *again, paused(2_600, 1_040)))[1:] == [(2_000, 2_600, 440, 1_040)]


def test_sound_before_the_first_picture_does_not_count() -> None:
    sounds = (
        playing(1_000, 0),
        shown(1_000, 1_000, 1_000),
        *(position(at, at - 1_060) for at in range(1_250, 2_900, 250)),
    )
    recorder = recorded(*sounds, shown(3_000, 2_900, 3_000), position(3_100, 2_040))
    assert spans(recorder) == [(2_900, 3_100, 1_840, 2_040)]


def test_sound_alone_counts_from_its_beginning_once_no_picture_came() -> None:
    sounds = (
        playing(1_000, 0),
        shown(1_000, 1_000, 1_000),
        *(position(at, at - 1_060) for at in range(1_250, 3_600, 250)),
    )
    assert spans(recorded(*sounds)) == []
    assert spans(recorded(*sounds, position(3_600, 2_540))) == [(1_060, 3_600, 0, 2_540)]


def test_a_slide_that_stands_in_a_course_counts() -> None:
    slide = (position(at, at - 1_000) for at in range(1_400, 9_001, 400))
    moving = playing(1_000, 0), shown(1_300, 1_000, 1_300), *slide, shown(9_100, 9_000, 9_100)
    recorder = recorded(*moving, position(9_400, 8_400), shown(9_500, 9_000, 9_520), paused(9_500, 8_500))
    assert spans(recorder) == [(1_000, 9_520, 0, 8_520)]


def test_a_jump_shows_what_was_seen_of_it() -> None:
    moving = playing(1_000, 0), shown(1_300, 1_000, 1_300), position(1_400, 400), shown(1_500, 1_000, 1_500)
    jump = Seeked(ONE, MonotonicMs(1_500), Milliseconds(500), Milliseconds(20_000))
    seen = playing(1_501, 20_000), shown(1_700, 1_000, 1_590), shown(1_980, 1_860, 1_980)
    recorder = recorded(*moving, jump, *seen, position(2_200, 20_300))
    assert spans(recorder) == [(1_000, 1_590, 0, 590), (1_860, 2_200, 19_960, 20_300)]


def test_what_becomes_faster_is_not_waited_for_though_its_pictures_tell_nothing() -> None:
    slowly = playing(1_000, 0, 0.75), shown(1_300, 1_000, 1_300), position(4_000, 2_250)
    faster = shown(4_100, 1_000, 1_300), playing(4_100, 2_325, 1.25), position(4_500, 2_700)
    recorder = recorded(*slowly, *faster)
    assert [(i.start_ms, i.end_ms) for i in recorder.intervals] == [(1_000, 4_100), (4_100, 4_500)]


def test_the_end_of_a_course_is_that_of_its_last_picture() -> None:
    moving = playing(1_000, 0), shown(1_300, 1_000, 1_300), position(5_400, 4_400), shown(5_700, 1_000, 5_560)
    ended = Ended(ONE, MonotonicMs(5_700), Milliseconds(4_600))
    assert spans(recorded(*moving, ended)) == [(1_000, 5_560, 0, 4_560)]


def test_a_picture_that_stood_unnoticed_does_not_count_meanwhile() -> None:
    moving = playing(1_000, 0), shown(1_300, 1_000, 1_300), position(1_400, 400)
    stood = shown(2_000, 1_000, 1_480), shown(2_400, 2_200, 2_400), position(2_500, 1_500)
    assert spans(recorded(*moving, *stood)) == [(1_000, 1_480, 0, 480), (2_200, 2_500, 1_200, 1_500)]
