from tvclient.remote.key import Key
from tvclient.remote.key_signal import KeySignal, Phase
from tvclient.remote.keymap import Keymap
from tvclient.remote.learning import PATIENCE_MS, RELEASED_WITHIN_MS, Learning, Stage

KEYMAP = Keymap({"evdev:KEY_OK": Key.OK, "evdev:KEY_BACK": Key.BACK, "evdev:KEY_RED": Key.RED})
REMOTE = "/dev/input/event3"


def learning(target: Key) -> Learning:
    return Learning(target, KEYMAP, 0)


def press(learning: Learning, code: str, at_ms: int = 1000, source: str = REMOTE) -> None:
    """Pressed, held for 80 ms, and seen to the end."""
    learning.hear(KeySignal(source, code, Phase.DOWN), at_ms)
    learning.hear(KeySignal(source, code, Phase.UP), at_ms + 80)
    learning.handle_due(at_ms + 1000)


def test_a_key_without_meaning_is_learned() -> None:
    blue = learning(Key.BLUE)
    press(blue, "evdev:KEY_VENDOR")
    assert (blue.stage, blue.codes) == (Stage.LEARNED, ("evdev:KEY_VENDOR",))
    assert blue.is_over and blue.due_ms is None


def test_one_press_is_learned_under_all_the_names_it_comes_by() -> None:
    blue = learning(Key.BLUE)
    blue.hear(KeySignal(REMOTE, "evdev:KEY_PROG1", Phase.DOWN), 1000)
    blue.hear(KeySignal("window", "keyboard:1073742000", Phase.DOWN), 1004)
    blue.hear(KeySignal(REMOTE, "evdev:KEY_PROG1", Phase.UP), 1090)
    blue.hear(KeySignal("window", "keyboard:1073742000", Phase.UP), 1091)
    assert blue.stage is Stage.PRESSED
    blue.handle_due(1400)
    assert blue.codes == ("evdev:KEY_PROG1", "keyboard:1073742000")


def test_it_waits_for_the_release_but_not_for_ever() -> None:
    blue = learning(Key.BLUE)
    blue.hear(KeySignal(REMOTE, "evdev:KEY_PROG1", Phase.DOWN), 1000)
    assert blue.due_ms == 1000 + RELEASED_WITHIN_MS
    blue.handle_due(1400)
    assert blue.stage is Stage.PRESSED
    blue.handle_due(1000 + RELEASED_WITHIN_MS)
    assert blue.stage is Stage.LEARNED


def test_a_key_that_means_it_already_is_known() -> None:
    red = learning(Key.RED)
    press(red, "evdev:KEY_RED")
    assert red.stage is Stage.KNOWN


def test_a_key_that_means_another_is_asked_about() -> None:
    blue = learning(Key.BLUE)
    press(blue, "evdev:KEY_RED")
    assert (blue.stage, blue.means) == (Stage.ASKING, Key.RED)
    blue.answer(True, 2500)
    assert (blue.stage, blue.codes) == (Stage.LEARNED, ("evdev:KEY_RED",))


def test_no_waits_for_another_key() -> None:
    blue = learning(Key.BLUE)
    press(blue, "evdev:KEY_RED")
    blue.answer(False, 2500)
    assert blue.stage is Stage.WAITING
    press(blue, "evdev:KEY_VENDOR", 3000)
    assert blue.codes == ("evdev:KEY_VENDOR",)


def test_while_it_asks_keys_answer_and_are_not_learned() -> None:
    blue = learning(Key.BLUE)
    press(blue, "evdev:KEY_RED")
    blue.hear(KeySignal(REMOTE, "evdev:KEY_OK", Phase.DOWN), 2500)
    assert (blue.stage, blue.means) == (Stage.ASKING, Key.RED)


def test_back_cancels_and_can_not_be_taken_away() -> None:
    blue = learning(Key.BLUE)
    press(blue, "evdev:KEY_BACK")
    assert (blue.stage, blue.codes) == (Stage.CANCELLED, ())


def test_back_itself_can_be_learned_on_another_key() -> None:
    back = learning(Key.BACK)
    press(back, "evdev:KEY_VENDOR")
    assert back.stage is Stage.LEARNED


def test_two_keys_at_once_are_one_too_many() -> None:
    blue = learning(Key.BLUE)
    blue.hear(KeySignal(REMOTE, "evdev:KEY_PROG1", Phase.DOWN), 1000)
    blue.hear(KeySignal(REMOTE, "evdev:KEY_PROG2", Phase.DOWN), 1010)
    blue.hear(KeySignal(REMOTE, "evdev:KEY_PROG1", Phase.UP), 1100)
    blue.hear(KeySignal(REMOTE, "evdev:KEY_PROG2", Phase.UP), 1100)
    blue.handle_due(1400)
    assert (blue.stage, blue.pressed_together) == (Stage.WAITING, True)
    press(blue, "evdev:KEY_PROG1", 2000)
    assert (blue.stage, blue.pressed_together) == (Stage.LEARNED, False)


def test_it_ends_when_nobody_presses_anything() -> None:
    blue = learning(Key.BLUE)
    assert blue.due_ms == PATIENCE_MS
    blue.handle_due(PATIENCE_MS)
    assert blue.stage is Stage.CANCELLED


def test_an_answer_that_never_comes_is_none() -> None:
    blue = learning(Key.BLUE)
    press(blue, "evdev:KEY_RED")
    assert blue.due_ms is not None
    blue.handle_due(blue.due_ms)
    assert (blue.stage, blue.codes) == (Stage.CANCELLED, ())


def test_repeats_and_releases_alone_are_no_press() -> None:
    blue = learning(Key.BLUE)
    blue.hear(KeySignal(REMOTE, "evdev:KEY_RED", Phase.REPEAT), 10)
    blue.hear(KeySignal(REMOTE, "evdev:KEY_RED", Phase.UP), 20)
    assert blue.stage is Stage.WAITING


def test_cancelling_what_is_learned_changes_nothing() -> None:
    blue = learning(Key.BLUE)
    press(blue, "evdev:KEY_VENDOR")
    blue.cancel()
    assert blue.stage is Stage.LEARNED
