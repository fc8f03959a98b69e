"""The focus of the check-in screen: always one, everything reachable, the buttons near."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tvclient.remote.reach import stranded_leaves
from tests.tvclient.remote.trees import ARROWS
from tvclient.remote.focus import Focus
from tvclient.remote.key import Key
from tvclient.remote.node import Group
from tvclient.screens.group_buttons import DISCUSSION, END, MAIN, PLAN, UNDO
from tvclient.screens.group_focus import group_focus

PAD = tuple(f"key:{name}" for name in ("1", "2", "3", "4", "5", "6", "7", "8", "9", "delete", "0", "ok"))
FIRST = "key:5"


def tree(heads: int, *more: str, first_line: int = 0, is_ready: bool = True) -> Group:
    people = [f"person:{n}" for n in range(heads)]
    buttons = {MAIN, PLAN, *([UNDO] if heads else []), *more}
    return group_focus(PAD, people, first_line, buttons, is_ready)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 24), st.booleans())
def test_everything_can_be_reached(heads: int, has_begun: bool) -> None:
    more = (DISCUSSION, END) if has_begun else ()
    assert stranded_leaves(tree(heads, *more), FIRST) == set()


@given(
    st.lists(st.sampled_from(list(ARROWS.values())), max_size=25), st.lists(st.integers(0, 300), max_size=4)
)
def test_people_come_and_go_and_there_is_always_one_focus(keys: list[Key], heads: list[int]) -> None:
    focus = Focus(tree(0), FIRST)
    for number, key in enumerate(keys):
        focus.press(key)
        if number < len(heads):
            focus.reconcile(tree(heads[number]))
        assert focus.current is not None


def test_the_big_button_is_right_of_the_pad_and_of_the_names() -> None:
    focus = Focus(tree(300), FIRST)
    for _press in range(2):
        focus.press(Key.RIGHT)
    assert focus.current == MAIN
    for _press in range(2):
        focus.press(Key.UP)
    assert focus.current == "person:14"
    focus.press(Key.RIGHT)
    assert focus.current == MAIN


def test_where_there_is_no_group_study_one_button_leads_on() -> None:
    assert Focus(tree(0, is_ready=False), FIRST).current == MAIN
