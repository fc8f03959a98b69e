"""From what devices say to what it does on a screen."""

from dataclasses import dataclass, field
from typing import Any

from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.key_signal import Holding, KeySignal, Phase
from tvclient.remote.keymap import Keymap
from tvclient.screens.key_input import KeyInput

KEYMAP = Keymap(
    {
        "evdev:KEY_OK": Key.OK,
        "keyboard:enter": Key.OK,
        "cec:SELECT": Key.OK,
        "evdev:KEY_RIGHT": Key.RIGHT,
        "keyboard:right": Key.RIGHT,
        "cec:RIGHT": Key.RIGHT,
        "evdev:KEY_A": None,
    }
)
INFRARED, WINDOW, CEC = "/dev/input/event3", "window", "/dev/cec0"
HOLDINGS = {INFRARED: Holding.SURE, WINDOW: Holding.GUESSED, CEC: Holding.TOLD}


@dataclass
class _Television:
    """A screen that uses every key, with the clock in the test's hand."""

    now_ms: int = 0
    acted: list[KeyEvent] = field(default_factory=list)
    rests: int = 0
    wakes: list[int] = field(default_factory=list)
    only_wake: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        navigator: Any = self
        self.screen = self
        self.keys = KeyInput(
            KEYMAP,
            navigator,
            lambda key: None,
            lambda event: event.key in self.only_wake,
            lambda: self.now_ms,
            self.wakes.append,
            lambda event, action: None,
        )

    def on_key(self, event: KeyEvent) -> bool:
        self.acted.append(event)
        return True

    def on_rest(self) -> None:
        self.rests += 1

    def down(self, source: str, code: str) -> None:
        self.keys.take(KeySignal(source, code, Phase.DOWN, HOLDINGS[source]))

    def up(self, source: str, code: str) -> None:
        self.keys.take(KeySignal(source, code, Phase.UP))

    def run(self, to_ms: int) -> list[tuple[Key, int]]:
        """A turn every 10 ms; what was done."""
        self.acted.clear()
        while self.now_ms < to_ms:
            self.keys.handle_one_turn()
            self.now_ms += 10
        return [(event.key, event.repeat) for event in self.acted]


def test_a_press_that_comes_by_kernel_window_and_television_set_is_done_once() -> None:
    television = _Television()
    television.down(INFRARED, "evdev:KEY_OK")
    television.down(WINDOW, "keyboard:enter")
    television.up(INFRARED, "evdev:KEY_OK")
    television.up(WINDOW, "keyboard:enter")
    assert television.run(200) == [(Key.OK, 0)]
    television.down(CEC, "cec:SELECT")
    assert television.run(400) == []
    assert television.rests


def test_a_thumb_at_60_ms_is_done_every_time() -> None:
    television = _Television()
    done = []
    for at_ms in range(0, 600, 60):
        for source, code in ((WINDOW, "keyboard:right"), (INFRARED, "evdev:KEY_RIGHT")):
            television.down(source, code)
            television.up(source, code)
        done += television.run(at_ms + 60)
    assert done == [(Key.RIGHT, 0)] * 10


def test_press_and_release_within_two_milliseconds_are_a_press() -> None:
    television = _Television()
    television.down(WINDOW, "keyboard:right")
    television.now_ms = 2
    television.up(WINDOW, "keyboard:right")
    assert television.run(2000) == [(Key.RIGHT, 0)]


def test_a_held_key_of_a_television_set_repeats_once_the_set_says_so() -> None:
    television = _Television()
    television.down(CEC, "cec:RIGHT")
    assert television.run(450) == [(Key.RIGHT, 0)]
    television.keys.take(KeySignal(CEC, "cec:RIGHT", Phase.REPEAT, Holding.TOLD))
    assert television.wakes[-1] == 0
    assert television.run(700)[:2] == [(Key.RIGHT, 1), (Key.RIGHT, 2)]
    television.up(CEC, "cec:RIGHT")
    assert television.run(2000) == []


def test_the_release_of_an_echo_does_not_end_a_hold() -> None:
    television = _Television()
    television.down(INFRARED, "evdev:KEY_RIGHT")
    television.down(CEC, "cec:RIGHT")
    television.up(CEC, "cec:RIGHT")
    assert len(television.run(600)) == 3
    television.up(INFRARED, "evdev:KEY_RIGHT")
    assert television.run(2000) == []


def test_a_key_without_meaning_does_not_even_wake_the_screen() -> None:
    television = _Television()
    television.down(INFRARED, "evdev:KEY_VENDOR")
    television.down(INFRARED, "evdev:KEY_A")
    assert television.wakes == []


def test_a_stuck_key_does_not_take_the_others_away() -> None:
    television = _Television()
    television.down(INFRARED, "evdev:KEY_RIGHT")
    television.run(1000)
    television.down(WINDOW, "keyboard:enter")
    television.up(WINDOW, "keyboard:enter")
    for _ in range(20):
        television.keys.take(KeySignal(INFRARED, "evdev:KEY_RIGHT", Phase.REPEAT))
    assert television.run(3000) == [(Key.OK, 0)]


def test_a_screen_that_learns_gets_the_keys_but_for_those_still_held() -> None:
    television = _Television()
    heard: list[KeySignal] = []
    television.down(WINDOW, "keyboard:enter")
    television.keys.listen(heard.append)
    television.down(WINDOW, "keyboard:enter")
    television.up(WINDOW, "keyboard:enter")
    television.down(INFRARED, "evdev:KEY_VENDOR")
    television.up(INFRARED, "evdev:KEY_VENDOR")
    assert [signal.code for signal in heard] == ["evdev:KEY_VENDOR"] * 2
    assert television.run(100) == [(Key.OK, 0)]
    television.keys.listen(None)
    television.down(INFRARED, "evdev:KEY_RIGHT")
    assert television.run(200) == [(Key.RIGHT, 0)]


def test_another_keymap_holds_at_once() -> None:
    television = _Television()
    television.down(INFRARED, "evdev:KEY_RIGHT")
    television.keys.use(Keymap({"evdev:KEY_RIGHT": Key.OK}))
    assert television.run(1000) == []
    television.down(INFRARED, "evdev:KEY_RIGHT")
    assert television.run(1100) == [(Key.OK, 0)]


def test_a_key_that_only_wakes_does_nothing_else() -> None:
    television = _Television(only_wake=(Key.OK,))
    television.down(WINDOW, "keyboard:enter")
    television.up(WINDOW, "keyboard:enter")
    television.down(WINDOW, "keyboard:right")
    television.up(WINDOW, "keyboard:right")
    assert television.run(200) == [(Key.RIGHT, 0)]
