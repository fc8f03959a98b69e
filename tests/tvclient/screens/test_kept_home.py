"""A television that is turned on shows the last home before its agent answers."""

from pathlib import Path

from tests.fakes.fake_agent import running_agent
from tests.tvclient.screens.conftest import fill
from tests.tvclient.television_rig import PAPER, running_television


def test_the_last_home_is_there_while_the_agent_is_not(tmp_path: Path) -> None:
    with running_agent() as agent:
        fill(agent)
        with running_television(agent, tmp_path) as television:
            television.wait_for_pixel(81, 400, PAPER)
            television.wait((tmp_path / "home.json").exists, "home to be kept")
        (tmp_path / "events.jsonl").unlink()
        agent.down = True
        with running_television(agent, tmp_path) as television:
            television.wait_for_pixel(81, 400, PAPER)
            assert television.press("Right")["focus"] == "row:continue/course:2"
            agent.home["rows"][0]["tiles"].pop(1)
            agent.down = False
            television.wait(
                lambda: television.lines()[-1]["focus"] == "row:continue/course:3", "what is there by now"
            )
