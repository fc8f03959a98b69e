"""The message screen on a real display: something did not work, something else always does."""

from tests.fakes.fake_agent import FakeAgent
from tests.tvclient.television_rig import PAPER, Colour, TelevisionRig

FIRST_COURSE = (300, 800)
COVER: Colour = (0x2C, 0x40, 0x30)


def open_message(television: TelevisionRig, agent: FakeAgent) -> None:
    """What is on the box is there as well; it comes after the words."""
    del agent.courses["1"]
    television.press("Return")
    television.wait_for_screen("message")
    television.wait_for_pixel(740, 500, PAPER)
    television.wait_for_pixel(*FIRST_COURSE, COVER)


def test_what_is_on_the_box_can_be_watched_at_once(television: TelevisionRig, agent: FakeAgent) -> None:
    open_message(television, agent)
    television.press("Down", "Right")
    television.wait_for_pixel(434, 800, PAPER)
    television.press("Return")
    television.wait_for_screen("course")
    television.press("Escape")
    assert television.press("Left")["focus"] == "on_box/course:1"


def test_the_home_key_leads_home_from_anywhere(television: TelevisionRig, agent: FakeAgent) -> None:
    open_message(television, agent)
    assert television.press("Home")["screen"] == "home"
