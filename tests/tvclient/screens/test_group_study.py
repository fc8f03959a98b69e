"""Group study on a real display, with real keys: check-in, what is studied, the end and its summary."""

from typing import Any

import pytest

from tests.fakes.fake_agent import FakeAgent, tile
from tests.fakes.fake_group import agenda_entry, attendee, group_entry
from tests.tvclient.television_rig import PAPER, TelevisionRig

TO_GROUP = ("Return", "Right", "Right", "Return")
"""From the first course at home: its page, and there the third button."""
MAIN_BUTTON = (1140, 960)
SECOND_CELL, VERM = (690, 288), (0xE4, 0x50, 0x2E)
"""Its edge once it comes next."""
MINUTES_MS = 600_000


@pytest.fixture
def group(television: TelevisionRig, agent: FakeAgent) -> TelevisionRig:
    """Check-in is open, and nobody is in."""
    opened(television)
    television.wait(lambda: agent.group.open is not None, "the group study")
    return television


def opened(television: TelevisionRig) -> TelevisionRig:
    television.press("Return")
    television.wait_for_pixel(800, 460, PAPER)
    television.press(*TO_GROUP[1:])
    television.wait_for_screen("group_study")
    return television


def wait_for_focus(television: TelevisionRig, focus: str) -> None:
    television.wait(lambda: television.focus() == focus, f"the focus on {focus}")


def heads(agent: FakeAgent) -> int:
    assert agent.group.open is not None
    return agent.group.open["present"]


def played(agent: FakeAgent, item: int, studied_ms: int) -> None:
    assert agent.group.open is not None
    agent.group.open["agenda"][item]["studied_ms"] = studied_ms
    agent.group.open["studied_ms"] += studied_ms


def test_from_home_to_a_group_that_studies_in_five_keys_and_the_digits_of_a_card(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    opened(television)
    television.press(*"107001")
    wait_for_focus(television, "button:main")
    television.press("Return")
    television.wait_for_screen("player")
    assert len([*TO_GROUP, "Return"]) <= 5
    assert (heads(agent), agent.group.asked[0]) == (1, "/v1/group")
    television.press("Escape")
    television.wait_for_screen("group_study")
    assert television.focus() == "button:main"


def test_key_five_has_the_first_focus_and_whoever_types_on_the_pad_stays_there(
    group: TelevisionRig, agent: FakeAgent
) -> None:
    assert group.focus() == "key:5"
    assert group.press("Up", "Left")["focus"] == "key:1"
    group.press("Return", "0", "7", "0", "0")
    group.press("Return")
    group.wait(lambda: heads(agent) == 1, "the check-in")
    assert group.focus() == "key:1"


def test_a_number_that_is_not_found_is_typed_whole(group: TelevisionRig, agent: FakeAgent) -> None:
    group.press(*"999999")
    wait_for_focus(group, "key:ok")
    group.press(*"6217000099990000001", "Return")  # the fake agent takes those that end in 0
    group.wait(lambda: len(agent.group.asked) == 3, "the agent to be asked")
    assert heads(agent) == 0
    group.press("BackSpace", "0", "Return")
    wait_for_focus(group, "button:main")
    assert heads(agent) == 1


def test_of_several_cards_one_is_chosen(group: TelevisionRig, agent: FakeAgent) -> None:
    group.press(*"108001")
    wait_for_focus(group, "card:0")
    group.press("Down", "Return")
    group.wait(lambda: heads(agent) == 1, "the check-in")
    assert agent.group.open is not None
    assert agent.group.open["attendees"][0]["name"] == "张*军"


def test_phones_check_in_by_themselves_and_the_last_one_can_be_undone(
    group: TelevisionRig, agent: FakeAgent
) -> None:
    agent.group.come(1, "王*明")
    agent.group.come(2, "李*芳")
    wait_for_focus(group, "button:main")
    group.press("F5")
    group.wait(lambda: heads(agent) == 1, "the undoing")
    group.press("Up", "Return")
    group.wait(lambda: heads(agent) == 0, "the undoing")


def test_somebody_leaves_before_the_end(group: TelevisionRig, agent: FakeAgent) -> None:
    for number in range(20):
        agent.group.come(number, f"李*{number}")
    wait_for_focus(group, "button:main")
    assert group.press("Up", "Up")["focus"] == "person:5"
    assert group.press("Right")["focus"] == "button:main"
    assert group.press("Up", "Up", "Down")["focus"] == "person:2"
    group.press("Return")
    wait_for_focus(group, "card:0")
    group.press("Down", "Return")
    group.wait(lambda: heads(agent) == 19, "the check-out")
    group.press("Escape")
    wait_for_focus(group, "button:main")


def test_back_with_nobody_in_leaves_nothing_behind(group: TelevisionRig, agent: FakeAgent) -> None:
    group.press("1")
    group.wait_for_pixel(*SECOND_CELL, VERM)
    group.press("Escape", "Escape")
    group.wait_for_screen("course")
    group.wait(lambda: agent.group.open is None, "the end of it")


def test_back_takes_digits_away_and_then_asks(group: TelevisionRig, agent: FakeAgent) -> None:
    agent.group.come(1, "王*明")
    wait_for_focus(group, "button:main")
    group.press("1", "Escape")
    assert group.focus() == "button:main"
    group.press("Escape")
    wait_for_focus(group, "card:0")
    group.press("1", "Escape")
    wait_for_focus(group, "button:main")
    group.press("Escape", "Down", "Down", "Return")
    group.wait_for_screen("course")
    assert agent.group.open is not None
    opened_again = group.press("Return")
    assert opened_again["focus"] is not None
    group.wait_for_screen("group_study")
    wait_for_focus(group, "button:main")
    assert heads(agent) == 1


def test_it_is_ended_with_a_question_and_its_summary_leads_back(
    group: TelevisionRig, agent: FakeAgent
) -> None:
    agent.group.come(1, "王*明")
    played(agent, 0, MINUTES_MS)
    wait_for_focus(group, "button:main")
    group.press("Right", "Right", "Return")
    wait_for_focus(group, "card:0")
    group.press("Down", "Return")
    group.wait_for_screen("group_summary")
    assert agent.group.open is None
    assert group.press("Right")["focus"] == "button:following"
    assert group.press("Right", "Right")["focus"] == "button:hours"
    group.press("Left", "Left", "Left", "Return")
    group.wait_for_screen("course")


def test_a_discussion_ends_when_the_next_item_plays(group: TelevisionRig, agent: FakeAgent) -> None:
    agent.group.come(1, "王*明")
    played(agent, 0, MINUTES_MS)
    wait_for_focus(group, "button:main")
    assert group.press("Right", "Return")["focus"] == "button:discussion"
    group.wait(lambda: agent.group.open is not None and agent.group.open["discussing"], "the discussion")
    group.wait_for_pixel(1440, 960, PAPER)
    group.press("Left", "Return")
    group.wait_for_screen("player")
    assert agent.group.open is not None
    assert not agent.group.open["discussing"]


def test_one_from_before_a_power_cut_is_asked_about(television: TelevisionRig, agent: FakeAgent) -> None:
    entry = agenda_entry("1.1", "发酵床养猪", 1, MINUTES_MS)
    agent.group.open = group_entry(entry, goes_on_from_earlier=True)
    opened(television)
    wait_for_focus(television, "card:0")
    television.press("Down", "Return")
    television.wait_for_screen("group_summary")


def test_everything_studied_leads_to_the_end(group: TelevisionRig, agent: FakeAgent) -> None:
    for item in range(12):
        played(agent, item, MINUTES_MS)
    wait_for_focus(group, "button:main")
    group.press("Return")
    wait_for_focus(group, "card:0")


@pytest.mark.parametrize(
    "refusal", [(507, {"code": "disk_full", "words": "磁盘已满。"}), (404, {"code": "x", "words": "没有。"})]
)
def test_a_box_that_can_not_begin_one_says_so_and_leads_back(
    television: TelevisionRig, agent: FakeAgent, refusal: tuple[int, Any]
) -> None:
    agent.group.refusal = refusal
    opened(television)
    wait_for_focus(television, "button:main")
    television.wait_for_pixel(*MAIN_BUTTON, PAPER)
    television.press("Return")
    television.wait_for_screen("course")


def test_an_agent_that_is_away_is_asked_again(television: TelevisionRig, agent: FakeAgent) -> None:
    television.press("Return")
    television.wait_for_pixel(800, 460, PAPER)
    agent.down = True
    television.press(*TO_GROUP[1:])
    wait_for_focus(television, "button:main")
    agent.down = False
    television.press("Return")
    wait_for_focus(television, "key:5")
    assert agent.group.open is not None


def test_a_check_in_that_is_not_stored_is_told(group: TelevisionRig, agent: FakeAgent) -> None:
    agent.group.refusal = (507, {"code": "disk_full", "words": "磁盘已满，签到记不下来。"})
    group.press(*"107001")
    group.wait(lambda: len(agent.group.asked) == 2, "the agent to be asked")
    agent.group.refusal = None
    group.press(*"107001")
    wait_for_focus(group, "button:main")


def test_one_that_was_ended_elsewhere_says_so(group: TelevisionRig, agent: FakeAgent) -> None:
    agent.group.open = None
    wait_for_focus(group, "button:main")
    group.press("Return")
    group.wait_for_screen("course")


def test_home_leads_to_the_one_that_a_power_cut_interrupted_and_asks_before_it_goes_on(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    agent.group.open = group_entry(
        agenda_entry("1.1", "发酵床养猪", 1, 60_000), people=[attendee(1, "王*明")], goes_on_from_earlier=True
    )
    agent.home["rows"][0]["tiles"].insert(0, tile(7, "发酵床养猪", id="group:1", kind="group", episodes=1))
    television.press("Right", "Return")
    television.wait_for_screen("course")
    television.press("Escape")  # home asks anew
    television.wait_for_screen("home")
    television.wait(lambda: television.press("Left")["focus"].endswith("/group:1"), "the group study")
    television.press("Return")
    television.wait_for_screen("group_study")
    wait_for_focus(television, "card:0")
    television.press("Return")
    television.wait(lambda: "/v1/group/resume" in agent.group.asked, "it to go on")
