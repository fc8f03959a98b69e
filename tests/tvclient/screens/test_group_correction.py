"""A group study of today is put right with the remote, on a real display."""

import pytest

from study.group_api import GroupEntry
from tests.fakes.fake_agent import FakeAgent
from tests.fakes.fake_group import attendee, group_entry
from tests.tvclient.screens.test_group_plan import to
from tests.tvclient.screens.test_group_study import opened, wait_for_focus
from tests.tvclient.television_rig import TelevisionRig

MING, FANG = attendee(107_002, "王*明"), attendee(107_001, "李*芳")
NOON_UTC_MS = 1_795_260_720_000


def ended(number: int) -> GroupEntry:
    people = [{**one, "person_ms": 2_475_000} for one in (MING, FANG)]
    return group_entry(
        group_id=number,
        people=people,
        ended=True,
        studied_ms=2_475_000,
        effective_ms=2_475_000,
        heard_utc_ms=NOON_UTC_MS + number,
    )


@pytest.fixture
def correction(television: TelevisionRig, agent: FakeAgent) -> TelevisionRig:
    """A group study has just ended, and its correction is in sight."""
    opened(television)
    television.press(*"107001", *"107002")
    wait_for_focus(television, "button:main")
    running = agent.group.open
    assert running is not None
    for entry in running["agenda"]:
        entry["studied_ms"] = entry["length_ms"] or 0
    running["studied_ms"] = running["effective_ms"] = 2_475_000
    television.wait(lambda: television.focus() == "button:main", "the end")
    television.press("Escape")
    wait_for_focus(television, "card:0")
    television.press("Down", "Return")
    television.wait_for_screen("group_summary")
    wait_for_focus(television, "button:done")
    while television.focus() != "button:correct":
        television.press("Right")
    television.press("Return")
    television.wait_for_screen("group_correction")
    return television


def test_somebody_who_forgot_to_check_in_is_added_by_card(
    correction: TelevisionRig, agent: FakeAgent
) -> None:
    wait_for_focus(correction, "fact:missing")
    correction.press("Return")
    correction.wait_for_screen("group_member")
    correction.press(*"107003")
    correction.wait_for_screen("group_correction")
    wait_for_focus(correction, "card:0")
    correction.press("Down", "Return")
    correction.wait(lambda: len(agent.group.corrections) == 1, "the correction")
    [told] = agent.group.corrections
    [one] = told["people"]
    assert (told["reason"], one["is_there"], one["from_min"], one["until_min"]) == (
        "forgot_check_in",
        True,
        0,
        None,
    )
    correction.wait(lambda: len(agent.group.ended[0]["attendees"]) == 3, "the third")


def test_whoever_is_there_already_is_not_added_again(correction: TelevisionRig, agent: FakeAgent) -> None:
    correction.press("Return")
    correction.wait_for_screen("group_member")
    correction.press(*"107002")
    correction.wait_for_screen("group_correction")
    wait_for_focus(correction, "fact:missing")
    assert agent.group.corrections == []


def test_back_at_the_last_question_changes_nothing_and_yes_strikes_somebody(
    correction: TelevisionRig, agent: FakeAgent
) -> None:
    to(correction, "person:107002", "Right")
    to(correction, "card:0", "Return")
    correction.press("Down", "Down", "Return")
    wait_for_focus(correction, "card:0")
    to(correction, "person:107002", "Escape")
    assert agent.group.corrections == []
    to(correction, "card:0", "Return")
    correction.press("Down", "Down", "Return")
    to(correction, "card:1", "Down")
    correction.press("Return")
    correction.wait(lambda: len(agent.group.corrections) == 1, "the correction")
    [told] = agent.group.corrections
    assert (told["reason"], told["people"][0]["is_there"]) == ("wrong_check_in", False)
    wait_for_focus(correction, "person:107001")  # whom the focus goes to
    before = correction.picture()
    correction.press("Escape")
    correction.wait_for_screen("group_summary")
    heads = (1440, 380, 1560, 470)
    correction.wait(lambda: correction.picture().crop(heads) != before.crop(heads), "one head")


def test_minutes_are_set_with_arrows(correction: TelevisionRig, agent: FakeAgent) -> None:
    to(correction, "person:107002", "Right")
    to(correction, "card:0", "Return")
    correction.press("Down", "Return")
    wait_for_focus(correction, "card:0")
    correction.press("Right", "Right", "Right", "Left")
    to(correction, "card:1", "Return")
    correction.press("Left")
    to(correction, "card:2", "Return")
    correction.press("Return")
    correction.wait(lambda: len(agent.group.corrections) == 1, "the correction")
    [told] = agent.group.corrections
    [one] = told["people"]
    assert (told["reason"], one["from_min"], one["until_min"]) == ("wrong_time", 2, 40)


def test_what_it_was_is_put_right_and_a_refusal_is_said(correction: TelevisionRig, agent: FakeAgent) -> None:
    to(correction, "fact:kind", "Up", "Up", "Up")
    to(correction, "card:0", "Return")
    correction.press("Down", "Return")
    wait_for_focus(correction, "card:0")
    correction.press("Down", "Return")
    correction.wait(lambda: len(agent.group.corrections) == 1, "the correction")
    [told] = agent.group.corrections
    assert (told["reason"], told["kind"], told["theme"]) == ("wrong_plan", "branch_meeting", None)
    agent.group.refusal = (409, {"code": "too_late", "words": "只能在当天更正。"})
    to(correction, "fact:theme", "Down")
    to(correction, "card:0", "Return")
    correction.press("Return")
    wait_for_focus(correction, "card:0")
    correction.press("Down", "Return")
    wait_for_focus(correction, "fact:theme")
    correction.press("Escape")
    correction.wait_for_screen("group_summary")
