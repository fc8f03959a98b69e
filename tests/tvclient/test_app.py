"""The television as a whole: its window, its start without an agent, its end."""

from pathlib import Path

from tests.fakes.fake_agent import running_agent
from tests.tvclient.screens.conftest import fill
from tests.tvclient.television_rig import PAPER, running_television

TWO_THIRDS = 2 / 3  # 1280×720 of 1920×1080


def test_full_screen_fills_a_smaller_display_and_an_agent_that_comes_late_is_found(tmp_path: Path) -> None:
    with running_agent() as agent:
        fill(agent)
        agent.down = True
        with running_television(agent, tmp_path, "fullscreen", "1280x720x24") as television:
            first = television.press("Right")
            assert (first["action"], first["focus"]) == (None, None)
            agent.down = False
            television.wait_for_pixel(round(81 * TWO_THIRDS), round(400 * TWO_THIRDS), PAPER)
            line = television.press("Right")
            assert (line["key"], line["screen"], line["action"]) == ("right", "home", "move")
            assert line["boottime_ms"] > first["boottime_ms"] > 0
