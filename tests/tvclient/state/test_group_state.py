"""What the check-in screen makes of a group study."""

import pytest

from study.group_api import AgendaEntry
from tests.fakes.fake_group import agenda_entry, attendee, group_entry
from tvclient.state.group_state import Main, choice_words, group_state

HOUR_MS = 3_600_000
FIRST = agenda_entry("1.1", "发酵床养猪", 1, HOUR_MS)
SECOND = agenda_entry("1.2", "发酵床养猪", 2, HOUR_MS)


def studied(entry: AgendaEntry, studied_ms: int) -> AgendaEntry:
    return {**entry, "studied_ms": studied_ms}


def test_who_came_last_is_named_with_the_way() -> None:
    people = [attendee(2, "李*芳", "phone"), attendee(1, "王*明"), attendee(3, "张*国", is_in=False)]
    state = group_state(group_entry(FIRST, people=people))
    assert [one.name for one in state.people] == ["李*芳", "王*明"]
    assert state.newest == ("李*芳", "手机扫码")
    assert state.can_undo


def test_an_empty_one_is_nothing_to_be_asked_about() -> None:
    state = group_state(group_entry(FIRST))
    assert (state.newest, state.is_touched, state.main) == (None, False, Main.START)
    assert state.next_item == "1.1"


@pytest.mark.parametrize(
    ("agenda", "main"),
    [
        ((studied(FIRST, HOUR_MS // 2), SECOND), Main.GO_ON),
        ((studied(FIRST, HOUR_MS), SECOND), Main.NEXT),
        ((studied(FIRST, HOUR_MS), studied(SECOND, HOUR_MS)), Main.END),
        ((), Main.CHOOSE),
    ],
)
def test_the_big_button_says_what_comes_next(agenda: tuple[AgendaEntry, ...], main: Main) -> None:
    state = group_state(group_entry(*agenda, studied_ms=HOUR_MS))
    assert (state.main, state.has_begun) == (main, True)


def test_a_discussion_first_does_not_make_the_first_item_the_next() -> None:
    state = group_state(group_entry(FIRST, discussing=True, discussion_ms=5))
    assert (state.main, state.has_begun, state.discussing) == (Main.START, True, True)


def test_a_discussion_on_the_agenda_comes_when_what_is_before_it_was_studied() -> None:
    talk = {**agenda_entry("discussion", "discussion", None, None), "kind": "discussion"}
    begun, done = (studied(FIRST, ms) for ms in (HOUR_MS // 2, HOUR_MS))

    def main(*agenda: AgendaEntry, **other: int) -> Main:
        return group_state(group_entry(*agenda, studied_ms=1, **other)).main

    assert main(begun, talk, SECOND) is Main.GO_ON
    assert main(done, talk, SECOND) is Main.DISCUSS
    assert main(done, talk, SECOND, discussion_ms=9) is Main.NEXT
    assert main(done, talk, discussion_ms=9) is Main.END


def test_without_an_agenda_the_theme_or_the_kind_is_its_name() -> None:
    assert group_state(group_entry(theme="主题党日")).subtitle == "主题党日"
    assert group_state(group_entry()).subtitle == "自由学习"
    assert group_state(group_entry(FIRST, kind_words="三会一课", kind="branch_meeting")).subtitle.startswith(
        "三会一课·"
    )


def test_digits_are_told_only_where_they_tell_people_apart() -> None:
    assert choice_words(attendee(1234, "张*国"), True) == "张*国·卡号末四位 1234"
    assert choice_words(attendee(1234, "张*国"), False) == "张*国"
