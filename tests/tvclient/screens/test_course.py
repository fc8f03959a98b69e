"""The course screen on a real display, with real keys."""

from tests.fakes.fake_agent import FakeAgent
from tests.tvclient.television_rig import PAPER, TelevisionRig


def test_play_has_the_first_focus_and_the_episodes_follow_in_two_columns(television: TelevisionRig) -> None:
    television.press("Return")
    television.wait_for_pixel(800, 460, PAPER)
    assert television.press("Right")["focus"] == "button:restart"
    assert television.press("Left")["focus"] == "button:play"
    assert television.press("Down", "Right")["focus"] == "episode:1.2"
    assert television.press(*["Down"] * 5)["focus"] == "episode:1.12"
    # The list has moved so that the sixth line is the fourth in sight.
    television.wait_for_pixel(1400, 930, PAPER)


def test_a_refused_course_becomes_a_message_with_a_way_back(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    del agent.courses["1"]
    television.press("Return")
    television.wait_for_screen("message")
    television.wait_for_pixel(740, 500, PAPER)
    assert television.press("Return")["screen"] == "home"


def test_an_agent_that_is_away_can_be_tried_again(television: TelevisionRig, agent: FakeAgent) -> None:
    agent.down = True
    television.press("Return")
    television.wait_for_screen("message")
    agent.down = False
    television.press("Return")
    television.wait_for_pixel(800, 460, PAPER)
    assert television.press("Down")["focus"] == "episode:1.1"
