import itertools

from hypothesis import given
from hypothesis import strategies as st

from tvclient.remote.key import Key
from tvclient.remote.key_queue import PENDING_LIMIT, STUCK_AFTER_MS, KeyEvent, KeyQueue
from tvclient.remote.key_signal import Holding

FRAME_MS = 10


def run(queue: KeyQueue, from_ms: int, to_ms: int) -> list[tuple[int, KeyEvent]]:
    """One take() a frame; each event with the time of its frame."""
    return [(now, event) for now in range(from_ms, to_ms, FRAME_MS) for event in queue.take(now)]


def test_a_press_comes_out_once_at_once() -> None:
    queue = KeyQueue()
    queue.press(Key.OK, 0)
    queue.release(Key.OK, 50)
    assert run(queue, 0, 2000) == [(0, KeyEvent(Key.OK, 0))]


def test_a_tap_between_two_frames_is_not_lost() -> None:
    queue = KeyQueue()
    queue.press(Key.RIGHT, 1)
    queue.release(Key.RIGHT, 3)
    assert queue.take(10) == (KeyEvent(Key.RIGHT, 0),)


def test_a_held_arrow_repeats_after_400_then_120_80_and_50_ms() -> None:
    queue = KeyQueue()
    queue.press(Key.DOWN, 0)
    for sign_ms in range(660, 3000, 40):
        queue.press(Key.DOWN, sign_ms)
    times = [now for now, _ in run(queue, 0, 2000)]
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert gaps[:14] == [400] + [120] * 5 + [80] * 8
    assert set(gaps[14:]) == {50}


def test_repeats_are_numbered() -> None:
    queue = KeyQueue()
    queue.press(Key.LEFT, 0)
    assert [event.repeat for _, event in run(queue, 0, 700)] == [0, 1, 2, 3]


def test_release_ends_the_repeats() -> None:
    queue = KeyQueue()
    queue.press(Key.DOWN, 0)
    assert len(run(queue, 0, 600)) == 3
    queue.release(Key.DOWN, 600)
    assert run(queue, 600, 5000) == []
    assert queue.next_due_ms() is None


def test_it_is_at_rest_when_no_key_is_down_and_none_waits() -> None:
    queue = KeyQueue()
    assert queue.at_rest
    queue.press(Key.RIGHT, 0)
    queue.take(0)
    assert not queue.at_rest
    queue.press(Key.OK, 10)
    queue.release(Key.OK, 20)
    assert not queue.at_rest, "nobody has heard of the press yet"
    queue.take(30)
    assert queue.at_rest


def test_the_sources_own_repeats_are_swallowed() -> None:
    own, plain = KeyQueue(), KeyQueue()
    for queue in (own, plain):
        queue.press(Key.DOWN, 0)
    for at_ms in range(250, 1000, 33):
        own.press(Key.DOWN, at_ms)
    assert run(own, 0, 1000) == run(plain, 0, 1000)


def test_a_held_ok_never_repeats_whatever_the_source_does() -> None:
    queue = KeyQueue()
    for at_ms in (0, *range(660, 5000, 40)):
        queue.press(Key.OK, at_ms)
    assert [event for _, event in run(queue, 0, 5000)] == [KeyEvent(Key.OK, 0)]


def test_winding_repeats_and_digits_do_not() -> None:
    for key, expected in ((Key.FORWARD, 2), (Key.REWIND, 2), (Key.DIGIT_5, 1), (Key.CHANNEL_UP, 1)):
        queue = KeyQueue()
        queue.press(key, 0)
        assert len(run(queue, 0, 500)) == expected


def test_one_move_a_frame_and_the_order_is_kept() -> None:
    queue = KeyQueue()
    for key in (Key.RIGHT, Key.RIGHT, Key.OK, Key.DOWN):
        queue.press(key, 0)
        queue.release(key, 0)
    assert queue.take(0) == (KeyEvent(Key.RIGHT, 0),)
    assert queue.next_due_ms() == 0
    assert queue.take(16) == (KeyEvent(Key.RIGHT, 0), KeyEvent(Key.OK, 0))
    assert queue.take(32) == (KeyEvent(Key.DOWN, 0),)
    assert queue.take(48) == ()


def test_a_late_frame_is_not_made_up_for() -> None:
    queue = KeyQueue()
    queue.press(Key.DOWN, 0)
    queue.take(0)
    assert len(queue.take(1500)) == 1
    assert run(queue, 1500, 1600) == []


def test_another_key_takes_over_from_a_held_one() -> None:
    queue = KeyQueue()
    queue.press(Key.RIGHT, 0)
    run(queue, 0, 600)
    queue.press(Key.LEFT, 600)
    queue.release(Key.LEFT, 650)
    assert [event.key for _, event in run(queue, 600, 3000)] == [Key.LEFT]


def test_a_late_release_of_the_older_key_does_not_stop_the_newer() -> None:
    queue = KeyQueue()
    queue.press(Key.RIGHT, 0)
    queue.press(Key.DOWN, 50)
    queue.release(Key.RIGHT, 100)
    assert [event.key for _, event in run(queue, 100, 500)] == [Key.RIGHT, Key.DOWN, Key.DOWN]


def test_a_lost_release_ends_soon_after_the_sources_last_repeat() -> None:
    queue = KeyQueue()
    for at_ms in (0, *range(660, 1500, 40)):
        queue.press(Key.DOWN, at_ms)
    times = [now for now, _ in run(queue, 0, 60_000)]
    assert 1460 < times[-1] <= 1460 + 600


def test_a_lost_release_of_a_source_that_never_repeats_ends_too() -> None:
    queue = KeyQueue()
    queue.press(Key.DOWN, 0)
    events = run(queue, 0, 60_000)
    assert events[-1][0] <= 2000
    assert len(events) <= 30
    assert queue.next_due_ms() is None


def test_after_a_lost_release_the_next_press_is_not_swallowed() -> None:
    queue = KeyQueue()
    queue.press(Key.OK, 0)
    queue.press(Key.OK, 1500)
    assert [event.repeat for _, event in run(queue, 0, 2000)] == [0, 0]


def test_a_slow_cec_source_keeps_its_key_held() -> None:
    queue = KeyQueue()
    events: list[tuple[int, KeyEvent]] = []
    for at_ms in range(0, 5000, 500):
        queue.press(Key.DOWN, at_ms)
        events += run(queue, at_ms, at_ms + 500)
    assert sum(event.repeat == 0 for _, event in events) == 1
    assert events[-1][0] > 4900


def test_a_key_of_a_source_that_tells_of_held_ones_repeats_only_when_told_again() -> None:
    queue = KeyQueue()
    queue.press(Key.DOWN, 0, Holding.TOLD)
    assert run(queue, 0, 500) == [(0, KeyEvent(Key.DOWN, 0))]
    assert queue.next_due_ms() is None
    queue.sign(Key.DOWN, 500)
    assert [event.repeat for _, event in run(queue, 500, 800)] == [1, 2, 3]


def test_a_key_whose_release_is_sure_to_come_repeats_without_any_sign_until_it_does() -> None:
    queue = KeyQueue()
    queue.press(Key.DOWN, 0, Holding.SURE)
    assert run(queue, 0, 10_000)[-1][0] > 9_900
    queue.release(Key.DOWN, 10_000)
    assert run(queue, 10_000, 12_000) == []


def test_a_key_whose_release_never_comes_all_the_same_is_stuck() -> None:
    queue = KeyQueue()
    queue.press(Key.DOWN, 0, Holding.SURE)
    assert run(queue, 0, 2 * STUCK_AFTER_MS)[-1][0] <= STUCK_AFTER_MS
    assert queue.at_rest and queue.next_due_ms() is None


def test_a_sign_of_another_key_is_no_press_and_keeps_nothing_alive() -> None:
    queue = KeyQueue()
    queue.press(Key.DOWN, 0)
    queue.sign(Key.UP, 10)
    assert run(queue, 0, 300) == [(0, KeyEvent(Key.DOWN, 0))]


def test_a_stuck_key_stops_repeating_and_stands_in_nobodys_way() -> None:
    queue = KeyQueue()
    queue.press(Key.DOWN, 0)
    events = []
    for at_ms in range(100, STUCK_AFTER_MS + 5000, 100):
        queue.sign(Key.DOWN, at_ms)
        events += queue.take(at_ms)
        last_ms = at_ms if queue.next_due_ms() is not None else 0
    assert events[-1].repeat < STUCK_AFTER_MS / 50
    assert (last_ms, queue.next_due_ms(), queue.at_rest) == (0, None, True)
    queue.press(Key.OK, STUCK_AFTER_MS + 6000)
    assert queue.take(STUCK_AFTER_MS + 6000) == (KeyEvent(Key.OK, 0),)
    queue.release(Key.OK, STUCK_AFTER_MS + 6050)
    queue.sign(Key.DOWN, STUCK_AFTER_MS + 6100)
    assert run(queue, STUCK_AFTER_MS + 6100, STUCK_AFTER_MS + 8000) == []


def test_clearing_forgets_what_waits_and_what_is_held() -> None:
    queue = KeyQueue()
    queue.press(Key.DOWN, 0)
    queue.clear()
    assert run(queue, 0, 3000) == []


def test_a_chattering_key_does_not_pile_up() -> None:
    queue = KeyQueue()
    for _ in range(1000):
        queue.press(Key.DOWN, 0)
        queue.release(Key.DOWN, 0)
    assert len(run(queue, 0, 60_000)) == PENDING_LIMIT


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["press", "release", "frame"]),
        st.sampled_from([Key.UP, Key.DOWN, Key.OK, Key.FORWARD, Key.DIGIT_1]),
        st.integers(0, 700),
    ),
    max_size=60,
)


@given(ACTIONS)
def test_whatever_comes_in_a_frame_has_one_move_and_in_the_end_it_is_quiet(
    actions: list[tuple[str, Key, int]],
) -> None:
    queue, now, presses, firsts = KeyQueue(), 0, 0, 0
    for what, key, later_ms in actions:
        now += later_ms
        if what == "press":
            queue.press(key, now)
            presses += 1
        elif what == "release":
            queue.release(key, now)
        else:
            events = queue.take(now)
            assert sum(event.key.repeats for event in events) <= 1
            firsts += sum(event.repeat == 0 for event in events)
    rest = run(queue, now, now + 3000)
    firsts += sum(event.repeat == 0 for _, event in rest)
    assert firsts <= presses
    assert all(event.key.repeats for _, event in rest if event.repeat)
    assert queue.next_due_ms() is None
    assert queue.take(now + 10_000) == ()
