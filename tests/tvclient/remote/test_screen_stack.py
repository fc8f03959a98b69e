from tests.tvclient.remote.trees import column, press, row
from tvclient.remote.focus import Focus
from tvclient.remote.screen_stack import ScreenEntry, ScreenStack


def test_back_brings_focus_and_scroll_of_the_screen_beneath() -> None:
    screen = column("home", row("a", "a0", "a1"), row("b", "b0", "b1"))
    stack, focus = ScreenStack(ScreenEntry("home")), Focus(screen)
    press(focus, "dr")
    stack.keep(focus.memory(), {"b": 340})
    stack.push(ScreenEntry("course", {"course_id": "5"}))
    assert stack.top == ScreenEntry("course", {"course_id": "5"})
    entry = stack.pop()
    assert entry is not None
    assert entry is stack.top
    assert entry.memory is not None
    again = Focus(screen)
    again.restore(entry.memory)
    assert again.current == "b1"
    assert entry.scroll == {"b": 340}


def test_what_was_kept_does_not_change_with_the_screens_own_scroll() -> None:
    stack, scroll = ScreenStack(ScreenEntry("home")), {"a": 1}
    stack.keep(Focus(column("home", "x")).memory(), scroll)
    scroll["a"] = 2
    assert stack.top.scroll == {"a": 1}


def test_the_first_screen_stays() -> None:
    stack = ScreenStack(ScreenEntry("home"))
    assert stack.pop() is None
    assert stack.top.screen == "home"


def test_replacing_leaves_the_screen_beneath_alone() -> None:
    stack = ScreenStack(ScreenEntry("home"))
    stack.keep(Focus(column("home", "x")).memory(), {})
    stack.push(ScreenEntry("enrolment"))
    stack.replace(ScreenEntry("record"))
    assert (stack.top.screen, len(stack)) == ("record", 2)
    entry = stack.pop()
    assert entry is not None
    assert entry.memory is not None


def test_home_closes_everything_above_it() -> None:
    stack = ScreenStack(ScreenEntry("home"))
    for name in ("list", "course", "player"):
        stack.push(ScreenEntry(name))
    assert stack.pop_to_first().screen == "home"
    assert len(stack) == 1
