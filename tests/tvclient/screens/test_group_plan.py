"""The plan of a group study on a real display: what it is, who leads it, what is studied."""

import pytest

from tests.fakes.fake_agent import FakeAgent, course, episode, tile
from tests.fakes.fake_group import attendee, group_entry
from tests.tvclient.screens.test_group_study import opened, wait_for_focus
from tests.tvclient.television_rig import TelevisionRig


@pytest.fixture
def plan(television: TelevisionRig, agent: FakeAgent) -> TelevisionRig:
    """Check-in is open, nobody is in, and the plan is in sight."""
    opened(television)
    television.wait(lambda: agent.group.open is not None, "the group study")
    wait_for_focus(television, "key:5")
    television.press("Up", "Up", "Up")
    wait_for_focus(television, "button:plan")
    television.press("Return")
    television.wait_for_screen("group_plan")
    return television


def going_on(agent: FakeAgent) -> dict[str, object]:
    assert agent.group.open is not None
    return dict(agent.group.open)


def agenda(agent: FakeAgent) -> list[str]:
    assert agent.group.open is not None
    return [entry["item_id"] for entry in agent.group.open["agenda"]]


def to(television: TelevisionRig, focus: str, *keys: str) -> None:
    television.press(*keys)
    wait_for_focus(television, focus)


def test_kind_theme_and_who_leads_it_are_chosen_by_remote(plan: TelevisionRig, agent: FakeAgent) -> None:
    to(plan, "fact:kind", "Left", "Up", "Up", "Up", "Up")
    to(plan, "card:0", "Return")
    plan.press("Down", "Return")  # the one that it is comes first
    plan.wait(lambda: going_on(agent)["kind"] == "branch_meeting", "the kind")
    to(plan, "card:0", "Down", "Return")
    plan.press("Down", "Return")  # after what is on the agenda, what was before
    plan.wait(lambda: going_on(agent)["theme"] == "秋收怎么办", "the theme")
    to(plan, "card:0", "Down", "Return")
    plan.press("Return")
    plan.wait_for_screen("group_member")
    plan.press(*"107002")
    plan.wait_for_screen("group_plan")
    plan.wait(lambda: going_on(agent)["facilitator"] is not None, "who leads it")
    assert going_on(agent)["facilitator"]["name"] == "王*明"  # type: ignore[index]
    assert going_on(agent)["attendees"] == []
    plan.press("Escape")
    plan.wait_for_screen("group_study")
    assert plan.focus() == "key:5"


def test_of_several_cards_that_end_so_one_is_meant_and_an_unknown_one_is_typed_whole(
    plan: TelevisionRig, agent: FakeAgent
) -> None:
    to(plan, "fact:facilitator", "Left", "Up", "Up", "Up", "Up", "Down", "Down")
    plan.press("Return", "Return")
    plan.wait_for_screen("group_member")
    to(plan, "key:ok", *"999999")
    to(plan, "key:ok", "Escape")
    to(plan, "card:0", *"108001")
    plan.press("Down", "Return")
    plan.wait(lambda: going_on(agent)["facilitator"] is not None, "who leads it")
    assert going_on(agent)["facilitator"]["name"] == "张*军"  # type: ignore[index]


def test_items_are_added_moved_and_taken_away(plan: TelevisionRig, agent: FakeAgent) -> None:
    agent.courses["77"] = course(77, "林下养鸡", *(episode(77, n, "散养", 60_000) for n in (1, 2)))
    agent.listed["all"] = [tile(1, "发酵床养猪"), tile(77, "林下养鸡")]
    before = agenda(agent)
    wait_for_focus(plan, "button:add")
    to(plan, "card:0", "Return")
    plan.press("Return")
    plan.wait_for_screen("category")
    plan.wait(lambda: str(plan.focus()).startswith(("course:", "listing:")), "the courses")
    if str(plan.focus()).startswith("listing:"):
        plan.press("Return")
        plan.wait(lambda: str(plan.focus()).startswith("course:"), "the courses")
    to(plan, "course:77", "Right")
    plan.press("Return")
    plan.wait_for_screen("course")
    wait_for_focus(plan, "button:play")
    plan.press("Return")
    plan.wait_for_screen("group_plan")
    plan.wait(lambda: len(agenda(agent)) == len(before) + 1, "the item")
    added = agenda(agent)[-1]
    assert added == "77.1"
    wait_for_focus(plan, f"item:{added}")

    to(plan, "card:0", "Return")
    plan.press("Return")
    plan.wait(lambda: agenda(agent)[-2:] == [added, before[-1]], "it further up")
    wait_for_focus(plan, f"item:{added}")
    to(plan, "card:0", "Return")
    plan.press("Down", "Down", "Return")
    plan.wait(lambda: agenda(agent) == before, "it gone")


def test_a_discussion_is_on_the_agenda_and_what_was_studied_stays(
    plan: TelevisionRig, agent: FakeAgent
) -> None:
    assert agent.group.open is not None
    first = agent.group.open["agenda"][0]
    first["studied_ms"] = 60_000
    wait_for_focus(plan, "button:add")
    to(plan, "card:0", "Return")
    plan.press("Down", "Down", "Down", "Down", "Return")
    plan.wait(lambda: agenda(agent)[-1] == "discussion", "the discussion")
    wait_for_focus(plan, "item:discussion")
    while plan.focus() != f"item:{first['item_id']}":
        plan.press("Up")
    to(plan, "card:0", "Return")
    plan.press("Down", "Down", "Return")  # there is no third but to go back
    wait_for_focus(plan, f"item:{first['item_id']}")
    assert first["item_id"] in agenda(agent)


def test_home_while_choosing_leaves_the_plan_and_what_is_opened_then_plays(
    plan: TelevisionRig, agent: FakeAgent
) -> None:
    before = agenda(agent)
    wait_for_focus(plan, "button:add")
    to(plan, "card:0", "Return")
    plan.press("Return")
    plan.wait_for_screen("category")
    plan.press("Home")
    plan.wait_for_screen("home")
    plan.press("Return")
    plan.wait_for_screen("course")
    wait_for_focus(plan, "button:play")
    plan.press("Return")
    plan.wait_for_screen("player")
    assert agenda(agent) == before


def test_what_ended_earlier_today_is_corrected_from_here(plan: TelevisionRig, agent: FakeAgent) -> None:
    agent.group.ended = [group_entry(group_id=number, people=[attendee(9, "李*芳")]) for number in (8, 7)]
    to(plan, "fact:earlier", "Left", "Up", "Up", "Up", "Up", "Down", "Down", "Down")
    plan.press("Return")
    plan.wait_for_screen("group_correction")
    wait_for_focus(plan, "card:0")
    to(plan, "card:1", "Down")  # of two one is chosen
    plan.press("Return")
    to(plan, "person:9", "Right")
    plan.press("Escape")
    plan.wait_for_screen("group_plan")


def test_one_that_ends_elsewhere_leads_back_to_the_check_in(plan: TelevisionRig, agent: FakeAgent) -> None:
    agent.group.open = None
    plan.wait_for_screen("group_study")
