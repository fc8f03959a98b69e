from hypothesis import given
from hypothesis import strategies as st

from tvclient.remote.key import Key
from tvclient.remote.key_signal import KeySignal, Phase
from tvclient.remote.press_gate import ECHO_WITHIN_MS, PressGate, Verdict

INFRARED, X11, CEC = "/dev/input/event3", "window", "/dev/cec0"


def judge(gate: PressGate, source: str, phase: Phase, at_ms: int, key: Key = Key.RIGHT) -> Verdict:
    return gate.judge(KeySignal(source, f"{source}:{key}", phase), key, at_ms)


def tap(gate: PressGate, source: str, at_ms: int, key: Key = Key.RIGHT) -> Verdict:
    """Pressed and released at once; what the press was."""
    verdict = judge(gate, source, Phase.DOWN, at_ms, key)
    judge(gate, source, Phase.UP, at_ms, key)
    return verdict


def test_one_press_that_comes_three_ways_acts_once() -> None:
    gate = PressGate()
    assert tap(gate, INFRARED, 0) is Verdict.PRESS
    assert tap(gate, X11, 3) is Verdict.NOTHING
    assert tap(gate, CEC, 250) is Verdict.NOTHING


def test_which_way_is_faster_does_not_matter() -> None:
    gate = PressGate()
    assert [tap(gate, X11, 0), tap(gate, INFRARED, 1)] == [Verdict.PRESS, Verdict.NOTHING]
    assert [tap(gate, INFRARED, 60), tap(gate, X11, 61)] == [Verdict.PRESS, Verdict.NOTHING]


def test_a_fast_thumb_on_one_device_is_two_presses() -> None:
    gate = PressGate()
    assert [tap(gate, X11, at_ms) for at_ms in (0, 2, 62)] == [Verdict.PRESS] * 3


def test_a_fast_thumb_whose_presses_come_later_another_way_too() -> None:
    gate = PressGate()
    assert [tap(gate, INFRARED, at_ms) for at_ms in (0, 60, 120)] == [Verdict.PRESS] * 3
    assert [tap(gate, CEC, at_ms) for at_ms in (180, 240, 300)] == [Verdict.NOTHING] * 3


def test_presses_that_waited_for_a_late_frame_are_told_apart_by_their_order() -> None:
    gate = PressGate()
    assert [tap(gate, X11, 2000) for _ in range(3)] == [Verdict.PRESS] * 3
    assert [tap(gate, INFRARED, 2000) for _ in range(3)] == [Verdict.NOTHING] * 3


def test_another_key_or_a_later_press_is_no_echo() -> None:
    gate = PressGate()
    assert tap(gate, INFRARED, 0) is Verdict.PRESS
    assert tap(gate, CEC, 100, Key.LEFT) is Verdict.PRESS
    assert tap(gate, CEC, ECHO_WITHIN_MS + 1) is Verdict.PRESS


def test_repeats_and_release_of_an_echo_do_nothing() -> None:
    gate = PressGate()
    judge(gate, INFRARED, Phase.DOWN, 0)
    assert judge(gate, CEC, Phase.DOWN, 200) is Verdict.NOTHING
    assert judge(gate, INFRARED, Phase.REPEAT, 500) is Verdict.SIGN
    assert judge(gate, CEC, Phase.REPEAT, 650) is Verdict.NOTHING
    assert judge(gate, INFRARED, Phase.UP, 700) is Verdict.RELEASE
    assert judge(gate, CEC, Phase.REPEAT, 1000) is Verdict.NOTHING
    assert judge(gate, CEC, Phase.UP, 1100) is Verdict.NOTHING


def test_a_device_that_says_down_for_its_repeats_makes_one_press() -> None:
    gate = PressGate()
    verdicts = [judge(gate, X11, Phase.DOWN, at_ms) for at_ms in (0, *range(660, 3000, 40))]
    assert verdicts == [Verdict.PRESS] + [Verdict.SIGN] * (len(verdicts) - 1)


def test_after_a_lost_release_the_next_press_counts() -> None:
    gate = PressGate()
    judge(gate, X11, Phase.DOWN, 0)
    assert judge(gate, X11, Phase.DOWN, 1500) is Verdict.PRESS
    judge(gate, INFRARED, Phase.DOWN, 1501)  # an echo whose release is lost
    assert judge(gate, INFRARED, Phase.DOWN, 4000) is Verdict.PRESS


def test_a_repeat_or_release_of_what_was_never_pressed_is_nothing() -> None:
    gate = PressGate()
    assert judge(gate, INFRARED, Phase.REPEAT, 0) is Verdict.NOTHING
    assert judge(gate, INFRARED, Phase.UP, 0) is Verdict.NOTHING


def test_forgetting_ends_all_presses() -> None:
    gate = PressGate()
    judge(gate, INFRARED, Phase.DOWN, 0)
    gate.forget()
    assert judge(gate, INFRARED, Phase.REPEAT, 100) is Verdict.NOTHING


@given(
    st.lists(st.integers(60, 700), min_size=1, max_size=20),
    st.lists(st.integers(0, 300), min_size=20, max_size=20),
    st.booleans(),
)
def test_every_press_of_a_thumb_acts_once_whatever_its_second_way_takes(
    gaps_ms: list[int], late_ms: list[int], echo_by_window: bool
) -> None:
    gate, at_ms = PressGate(), 0
    told: list[tuple[int, int, str]] = []
    other = X11 if echo_by_window else CEC
    arrives_ms = 0
    for gap_ms, late in zip(gaps_ms, late_ms, strict=False):
        at_ms += gap_ms
        # One device tells its presses in order.
        arrives_ms = max(at_ms + late, arrives_ms)
        told += [(at_ms, 0, INFRARED), (arrives_ms, 1, other)]
    verdicts = [tap(gate, source, when_ms) for when_ms, _, source in sorted(told)]
    assert verdicts.count(Verdict.PRESS) == len(gaps_ms)
