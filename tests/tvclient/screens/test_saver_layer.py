"""The dark screen comes by itself, and the key that wakes does nothing else."""

from pathlib import Path

from tests.fakes.fake_agent import running_agent
from tests.tvclient.screens.conftest import fill
from tests.tvclient.television_rig import running_television

AFTER_MIN = "0.05"
GROUND = (0x0E, 0x12, 0x17)
CORNERS = ((2, 2), (1900, 1060), (2, 1060), (1900, 2))


def test_it_goes_dark_and_the_first_key_only_wakes_it(tmp_path: Path) -> None:
    with running_agent() as agent:
        fill(agent)
        with running_television(agent, tmp_path, more=("--saver", AFTER_MIN)) as television:
            television.wait_for_screen("home")
            television.wait(lambda: television.lines()[-1]["focus"] is not None, "the first course")
            before = television.lines()[-1]["focus"]
            television.wait(lambda: all(television.pixel(*at) == GROUND for at in CORNERS), "the dark screen")
            line = television.press("Right")
            assert (line["action"], line["focus"]) == ("over", before)
            assert television.press("Right")["action"] == "move"
            television.wait(lambda: television.pixel(*CORNERS[0]) != GROUND, "the screen below")
