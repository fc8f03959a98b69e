from hypothesis import given
from hypothesis import strategies as st

from tests.tvclient.key_sources.recorded import (
    BLUETOOTH_TAP,
    BLUETOOTH_UNKNOWN,
    INFRARED_HELD,
    INFRARED_TAP,
    INFRARED_UNKNOWN,
    KEYBOARD_HELD,
    packed,
)
from tvclient.key_sources.evdev_keys import SCAN_SILENCE_MS, EvdevKeys
from tvclient.key_sources.input_event import InputEvent, InputStream
from tvclient.remote.key_signal import KeySignal, Phase

Told = list[tuple[str, Phase]]
DOWN, REPEAT, UP = Phase


def device(held: frozenset[int] | None = frozenset()) -> EvdevKeys:
    return EvdevKeys("/dev/input/event3", lambda: held)


def play(keys: EvdevKeys, recording: str) -> Told:
    """Everything that the recording makes known, each event at its time."""
    cut = InputStream()
    return told(
        [
            signal
            for at_ms, data in packed(recording)
            for event in cut.feed(data)
            for signal in (*keys.handle_due(at_ms), *keys.take(event, at_ms))
        ]
    )


def told(signals: list[KeySignal]) -> Told:
    return [(signal.code, signal.phase) for signal in signals]


def test_a_tap_on_an_infrared_remote() -> None:
    assert play(device(), INFRARED_TAP) == [("evdev:KEY_OK", DOWN), ("evdev:KEY_OK", UP)]


def test_a_held_infrared_key_gives_signs_and_its_frames_are_no_keys_of_their_own() -> None:
    phases = [phase for _, phase in play(device(), INFRARED_HELD)]
    assert phases == [DOWN, REPEAT, REPEAT, UP]


def test_a_key_that_the_kernel_does_not_know_is_called_by_what_was_sent() -> None:
    keys = device()
    code = "evdev:SCAN_0x81b"
    assert play(keys, INFRARED_UNKNOWN) == [(code, DOWN), (code, REPEAT), (code, REPEAT)]
    assert keys.due_ms == 216 + SCAN_SILENCE_MS
    assert told(keys.handle_due(216 + SCAN_SILENCE_MS)) == [(code, UP)]


def test_a_scan_code_is_told_without_a_sign() -> None:
    mce = "0 MSC SCAN -0x7ff0fbfc; 0 SYN REPORT 0"
    assert play(device(), mce) == [("evdev:SCAN_0x800f0404", DOWN)]


def test_a_tap_on_a_bluetooth_remote_and_one_on_a_key_it_has_no_name_for() -> None:
    assert play(device(), BLUETOOTH_TAP) == [("evdev:KEY_BACK", DOWN), ("evdev:KEY_BACK", UP)]
    unknown = "evdev:SCAN_0xc0418"
    assert play(device(), BLUETOOTH_UNKNOWN) == [(unknown, DOWN), (unknown, UP)]


def test_a_keyboards_own_repeats_are_signs_not_presses() -> None:
    phases = [phase for _, phase in play(device(), KEYBOARD_HELD)]
    assert phases == [DOWN, REPEAT, UP], "those close together are thinned out"


def test_a_number_without_a_name_has_a_name_of_its_own() -> None:
    assert play(device(), "0 KEY VENDOR 1; 0 SYN REPORT 0") == [("evdev:KEY_0x2f0", DOWN)]


def test_a_mouse_is_not_heard() -> None:
    moves = "".join(f"0.00{n} REL X 1; 0.00{n} SYN REPORT 0;" for n in range(9))
    assert (
        play(device(), moves + "1 MSC SCAN 0x90001; 1 KEY BTN_LEFT 1; 1 SYN REPORT 0; 1.1 KEY BTN_LEFT 0")
        == []
    )


def test_what_was_dropped_is_left_out_and_missed_releases_are_made_up_for() -> None:
    keys = device(held=frozenset((103,)))
    play(keys, "0 KEY UP 1; 0 SYN REPORT 0; 0.1 KEY OK 1; 0.1 SYN REPORT 0")
    half = "1 SYN DROPPED 0; 1 KEY A 1; 1 KEY BACK 0; 1 SYN REPORT 0"
    assert play(keys, half) == [("evdev:KEY_OK", UP)]
    assert play(keys, "2 KEY UP 0; 2 SYN REPORT 0") == [("evdev:KEY_UP", UP)]


def test_a_device_that_does_not_tell_what_is_held_has_nothing_held() -> None:
    keys = device(held=None)
    play(keys, "0 KEY UP 1; 0 SYN REPORT 0")
    assert play(keys, "1 SYN DROPPED 0; 1 SYN REPORT 0") == [("evdev:KEY_UP", UP)]


def test_a_key_pressed_again_without_a_release_was_let_go_of() -> None:
    told_of = play(device(), "0 KEY OK 1; 0.3 KEY OK 1; 0.4 KEY OK 0")
    assert told_of == [("evdev:KEY_OK", phase) for phase in (DOWN, UP, DOWN, UP)]


def test_a_device_that_goes_lets_go_of_all_keys() -> None:
    keys = device()
    play(keys, "0 KEY UP 1; 0 KEY OK 1; 0 SYN REPORT 0")
    assert told(keys.end()) == [("evdev:KEY_UP", UP), ("evdev:KEY_OK", UP)]
    assert keys.end() == []


def test_all_keys_at_once_are_too_many_and_every_one_told_is_released() -> None:
    keys = device()
    told_of = play(
        keys, "".join(f"0 KEY {code} 1;" for code in ("UP", "DOWN", "RIGHT", "OK", "BACK", "A") * 50)
    )
    presses = [(code, phase) for code, phase in told_of if phase is DOWN]
    assert 0 < len(presses) <= 12
    assert {code for code, _ in told(keys.end())} == {code for code, _ in presses}


def test_a_storm_is_cut_short_and_ends_with_a_release() -> None:
    storm = "".join(
        f"{n / 10_000:.4f} KEY OK {n % 2 ^ 1}; {n / 10_000:.4f} SYN REPORT 0;" for n in range(10_000)
    )
    told_of = play(device(), storm)
    assert len(told_of) <= 24 and told_of[-1] == ("evdev:KEY_OK", UP)


def test_a_storm_of_unknown_codes_is_cut_short() -> None:
    storm = "".join(
        f"{n / 10_000:.4f} MSC SCAN {n:#x}; {n / 10_000:.4f} SYN REPORT 0;" for n in range(10_000)
    )
    assert len(play(device(), storm)) <= 24


def test_an_endless_key_costs_ten_signs_a_second() -> None:
    held = "0 KEY OK 1; 0 SYN REPORT 0;" + "".join(f"{n / 1000:.3f} KEY OK 2;" for n in range(1, 1000))
    assert [phase for _, phase in play(device(), held)].count(REPEAT) == 10


EVENTS = st.builds(
    InputEvent,
    st.sampled_from([0, 1, 2, 4, 21]),
    st.sampled_from([0, 3, 4, 28, 103, 0x110, 0x160, 240, 0x2FF, 0xFFFF]),
    st.sampled_from([0, 1, 2, -1, 0x81B, 2**31 - 1]),
)


@given(st.lists(st.tuples(EVENTS, st.integers(0, 500)), max_size=80), st.frozensets(st.integers(0, 0x2FF)))
def test_whatever_a_device_sends_presses_and_releases_take_turns(
    events: list[tuple[InputEvent, int]], held: frozenset[int]
) -> None:
    keys, now_ms, signals = device(held), 0, []
    for event, later_ms in events:
        now_ms += later_ms
        signals += keys.handle_due(now_ms)
        signals += keys.take(event, now_ms)
    signals += keys.end()
    down: set[str] = set()
    for code, phase in told(signals):
        assert (code in down) == (phase is not DOWN)
        down = down - {code} if phase is UP else down | {code}
    assert not down and keys.due_ms is None
