"""From a press to the keymap it stands in; the background works at once here."""

from pathlib import Path
from typing import Any

from tvclient.errors import TvError
from tvclient.remote.key import Key
from tvclient.remote.key_signal import KeySignal, Phase
from tvclient.remote.keymap import Keymap
from tvclient.remote.learning import Stage
from tvclient.remote.own_keymap import OwnKeymap
from tvclient.screens.key_input import KeyInput
from tvclient.screens.key_teacher import KeyTeacher

OURS = Keymap({"evdev:KEY_OK": Key.OK, "evdev:KEY_RED": Key.RED, "evdev:KEY_BACK": Key.BACK})
REMOTE = "/dev/input/event3"


class _Lesson:
    """A television with `own.toml` in `folder`; `done` are the keys that reached the screen."""

    def __init__(self, folder: Path) -> None:
        self.now_ms = 0
        self.done: list[Key] = []
        self.told: list[str] = []
        self.own = OwnKeymap(folder)
        here: Any = self
        self.screen = self
        self.keys = KeyInput(
            OURS,
            here,
            lambda key: None,
            lambda event: False,
            lambda: self.now_ms,
            lambda ms: None,
            lambda *_: None,
        )
        self.teacher = KeyTeacher(
            self.keys, self.own, self._read, here, lambda: self.now_ms, self.told.append
        )

    def run(self, work: Any, then: Any, failed: Any) -> None:
        try:
            result = work()
        except TvError as error:
            failed(error)
        else:
            then(result)

    def on_key(self, event: Any) -> bool:
        self.done.append(event.key)
        return True

    def on_rest(self) -> None:
        pass

    def press(self, code: str) -> None:
        """A press of 80 ms, and a second after it."""
        for phase, later_ms in ((Phase.DOWN, 80), (Phase.UP, 920)):
            self.keys.take(KeySignal(REMOTE, code, phase))
            self.now_ms += later_ms
            self.teacher.handle_one_turn()
            self.keys.handle_one_turn()

    def _read(self) -> Keymap:
        return OURS.merged(Keymap.from_paths([self.own.path]))


def test_a_taught_key_works_and_stands_in_the_file(tmp_path: Path) -> None:
    lesson = _Lesson(tmp_path)
    lesson.teacher.teach(Key.BLUE)
    lesson.press("evdev:SCAN_0x81b")
    assert lesson.teacher.learning is None and lesson.told == [""]
    assert '"evdev:SCAN_0x81b" = "blue"' in lesson.own.path.read_text(encoding="utf-8")
    lesson.press("evdev:SCAN_0x81b")
    assert lesson.done == [Key.BLUE]


def test_a_key_with_a_meaning_is_asked_about_and_the_answer_is_given_with_the_remote(tmp_path: Path) -> None:
    lesson = _Lesson(tmp_path)
    lesson.teacher.teach(Key.BLUE)
    lesson.press("evdev:KEY_RED")
    assert lesson.teacher.learning is not None and lesson.teacher.learning.stage is Stage.ASKING
    lesson.press("evdev:KEY_OK")
    assert lesson.done == [Key.OK]
    lesson.teacher.answer(True)
    lesson.press("evdev:KEY_RED")
    assert lesson.done == [Key.OK, Key.BLUE]


def test_no_listens_again(tmp_path: Path) -> None:
    lesson = _Lesson(tmp_path)
    lesson.teacher.teach(Key.BLUE)
    lesson.press("evdev:KEY_RED")
    lesson.teacher.answer(False)
    lesson.press("evdev:KEY_PROG1")
    assert lesson.keys.keymap.lookup("evdev:KEY_PROG1") is Key.BLUE
    assert lesson.keys.keymap.lookup("evdev:KEY_RED") is Key.RED


def test_back_cancels_and_the_keys_go_to_the_screen_again(tmp_path: Path) -> None:
    lesson = _Lesson(tmp_path)
    lesson.teacher.teach(Key.BLUE)
    lesson.press("evdev:KEY_BACK")
    assert lesson.teacher.learning is None and not lesson.own.path.exists()
    lesson.press("evdev:KEY_OK")
    assert lesson.done == [Key.OK]


def test_what_was_taught_is_undone(tmp_path: Path) -> None:
    lesson = _Lesson(tmp_path)
    lesson.teacher.teach(Key.BLUE)
    lesson.press("evdev:KEY_PROG1")
    lesson.teacher.undo()
    assert lesson.keys.keymap.lookup("evdev:KEY_PROG1") is None


def test_leaving_the_screen_ends_it(tmp_path: Path) -> None:
    lesson = _Lesson(tmp_path)
    lesson.teacher.teach(Key.BLUE)
    lesson.teacher.cancel()
    lesson.press("evdev:KEY_OK")
    assert lesson.done == [Key.OK] and lesson.teacher.learning is None


def test_a_disk_that_does_not_take_it_is_told_and_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "own.part").mkdir()
    lesson = _Lesson(tmp_path)
    lesson.teacher.teach(Key.BLUE)
    lesson.press("evdev:KEY_PROG1")
    (words,) = lesson.told
    assert "没有存下来" in words and lesson.keys.keymap is OURS
