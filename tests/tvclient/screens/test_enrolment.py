"""Enrolment on a real display, with real keys, from a box that nobody knows."""

from pathlib import Path

from tests.fakes.fake_agent import RIGHT_CODE, running_agent, status
from tests.tvclient.screens.conftest import fill
from tests.tvclient.television_rig import PAPER, running_television

VERM_TEXT = (0xFF, 0x9E, 0x86)


def test_a_wrong_code_is_said_and_the_right_one_leads_home(tmp_path: Path) -> None:
    with running_agent() as agent:
        fill(agent)
        agent.status = status(enrolled=False, station=None)
        with running_television(agent, tmp_path) as television:
            television.wait_for_screen("enrolment")
            television.press(*"1101150047")
            assert television.press("Down", "Down", "Down", "Right", "Right")["focus"] == "key:next"
            television.press("Return", *"820641000001")
            assert television.keys()[-1]["focus"] == "submit"
            television.press("Return")
            television.wait(lambda: bool(agent.enrolments), "the agent to be asked")
            television.wait_for_pixel(900, 930, PAPER)
            assert agent.enrolments[-1] == {"account": "1101150047", "code": "820641000001"}
            # Back deletes what was typed last; only an empty field lets it ask about leaving.
            assert television.press("Escape")["action"] == "screen"
            television.press(*RIGHT_CODE[-1:], "Return")
            television.wait_for_screen("home")
            television.wait_for_pixel(81, 400, PAPER)
