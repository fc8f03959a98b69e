"""A reminder asks over whatever is on the screen, with real keys on a real display."""

import time

from tests.fakes.fake_agent import FakeAgent
from tests.fakes.fake_guide import FakeGuide, guide_row, programme
from tests.tvclient.television_rig import PAPER, TelevisionRig
from tvclient.screens.reminder_layer import LOOK_S

SHOWN = ((0, 45, "依靠人民"), (45, 100, "基层治理案例"), (100, 180, "六稳六保"), (180, 240, "夜校"))
BUTTONS = ((560, 700), (1000, 700))
"""Inside “留在这里” and “去看”, beside their words."""
UNREAD_S = 1.1


def due(television: TelevisionRig, agent: FakeAgent, number: int) -> str:
    """A programme of that number is due, and the question is there and can be answered."""
    found = programme(1, SHOWN[number])["item_id"]
    agent.guide = FakeGuide([guide_row(1, "本市学习", *SHOWN)], reminded=[found], due={found})
    television.wait_for_pixel(*BUTTONS[0], PAPER)
    time.sleep(UNREAD_S)
    return found


def test_staying_is_what_ok_says_first_and_the_key_does_nothing_else(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    before = television.lines()[-1]["focus"]
    due(television, agent, 0)
    line = television.press("Return")
    assert (line["action"], line["screen"], line["focus"]) == ("over", "home", before)
    television.wait(lambda: agent.guide.reminded == [], "the reminder to be forgotten")
    assert television.press("Right")["action"] == "move"


def test_it_goes_on_asking_while_it_is_due_and_stops_when_somebody_has_answered_elsewhere(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    due(television, agent, 3)
    time.sleep(LOOK_S + 1)  # the agent has been asked once more
    television.wait_for_pixel(*BUTTONS[0], PAPER)

    agent.guide.reminded.clear()

    television.wait(lambda: television.pixel(*BUTTONS[0]) != PAPER, "the question to go")


def test_going_opens_the_channel(television: TelevisionRig, agent: FakeAgent) -> None:
    due(television, agent, 1)
    television.press("Right")
    television.wait_for_pixel(*BUTTONS[1], PAPER)
    television.press("Return")
    television.wait(lambda: television.lines()[-1]["screen"] in ("player", "message"), "the player")
    assert agent.guide.reminded == []


def test_a_key_that_was_on_its_way_answers_nothing_and_back_stays(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    found = programme(1, SHOWN[2])["item_id"]
    agent.guide = FakeGuide([guide_row(1, "本市学习", *SHOWN)], reminded=[found], due={found})
    television.wait_for_pixel(*BUTTONS[0], PAPER)
    television.press("Return")
    assert agent.guide.reminded == [found]
    television.wait(lambda: television.press("Escape")["action"] == "over" and not agent.guide.reminded, "it")
    assert television.press("Right")["screen"] == "home"
