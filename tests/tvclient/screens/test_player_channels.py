"""Live channels by number and beside each other, as it runs: real keys, the channels that are asked for."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.display import virtual_display
from tests.fakes.fake_agent import channel, row
from tests.tvclient.playback.media import make_clip
from tests.tvclient.screens.player_agent import PlayerAgent
from tests.tvclient.screens.running_television import RunningTelevision, running_television, wait_for
from tvclient.state.channel_dial import CHOSEN_AFTER_S

PICTURE = (500, 300)
EDGE, EDGE_COLOUR = (96, 100), (0x5A, 0x64, 0x70)
"""The left edge of the panel with number and name."""
CARD = (700, 690)


@pytest.fixture(scope="module")
def display_name() -> Iterator[str]:
    with virtual_display(screen="1280x720x24") as name:
        yield name


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clip = tmp_path_factory.mktemp("clips") / "clip.mp4"
    make_clip(clip, "640x360", 60_000)
    return clip


@pytest.fixture
def agent(clip: Path) -> PlayerAgent:
    """Channels 1, 2 and 12; of 2 there is never a picture, and nobody has heard of 3."""
    source = {
        "url": str(clip),
        "kind": "live",
        "title": "新闻综合",
        "episode_title": "",
        "length_ms": None,
        "on_box": False,
        "resume_ms": 0,
    }
    silent = source | {"url": str(clip.with_name("nothing.mp4"))}
    agent = PlayerAgent({"L1": source, "L2": silent, "L12": source})
    channels = [channel(number, f"频道{number}") for number in (1, 2, 3, 12)]
    agent.home = {"rows": [row("live", "正在直播", *channels)]}
    return agent


def _on(agent: PlayerAgent) -> str:
    """The channel that was reported last."""
    return str(agent.reports[-1]["plays"][-1]["item_id"]) if agent.reports else ""


def _panel(television: RunningTelevision) -> bool:
    return television.pixel(*EDGE) == EDGE_COLOUR


def test_channel_keys_go_round_and_name_the_channel_before_its_picture(
    display_name: str, agent: PlayerAgent, tmp_path: Path
) -> None:
    agent.home["rows"][0]["tiles"].pop(2)
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "L1")) as television:
        wait_for(lambda: television.shows_picture_at(*PICTURE))
        wait_for(lambda: not _panel(television))
        television.press("Prior")
        wait_for(lambda: _panel(television))
        wait_for(lambda: _on(agent) == "L2")
        assert not television.shows_picture_at(*PICTURE)
        for key, channel_id in (("Prior", "L12"), ("Prior", "L1"), ("Next", "L12")):
            television.press(key)
            wait_for(lambda channel_id=channel_id: _on(agent) == channel_id)
        wait_for(lambda: television.shows_picture_at(*PICTURE))
    assert len(agent.ledger.left) == 5


def test_keys_in_quick_succession_go_on_from_each_other(
    display_name: str, agent: PlayerAgent, tmp_path: Path
) -> None:
    agent.home["rows"][0]["tiles"].pop(2)
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "L1")) as television:
        wait_for(lambda: television.shows_picture_at(*PICTURE))
        television.press("Prior")
        time.sleep(0.05)
        television.press("Prior")
        wait_for(lambda: _on(agent) == "L12")


def test_digits_choose_after_a_while_or_by_ok(display_name: str, agent: PlayerAgent, tmp_path: Path) -> None:
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "L2")) as television:
        wait_for(lambda: _on(agent) == "L2")
        pressed = television.press("1")
        waited = wait_for(lambda: _on(agent) == "L1") - pressed
        assert waited >= CHOSEN_AFTER_S * 1000 - 100
        wait_for(lambda: television.shows_picture_at(*PICTURE))
        for key in ("1", "2", "Return"):
            time.sleep(0.05)
            television.press(key)
        wait_for(lambda: _on(agent) == "L12")
        wait_for(lambda: television.shows_picture_at(*PICTURE))


def test_an_unknown_number_is_said_and_back_forgets_one(
    display_name: str, agent: PlayerAgent, tmp_path: Path
) -> None:
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "L1")) as television:
        wait_for(lambda: television.shows_picture_at(*PICTURE))
        wait_for(lambda: not _panel(television))
        for keys in (("9", "9", "Return"), ("2",)):
            for key in keys:
                time.sleep(0.05)
                television.press(key)
            wait_for(lambda: _panel(television))
        television.press("Escape")
        wait_for(lambda: not _panel(television))
        time.sleep(CHOSEN_AFTER_S + 0.3)
        assert (_on(agent), television.screens()[-1]) == ("L1", "player")
        assert agent.ledger.left == set()


def test_from_a_channel_that_can_not_be_had_the_keys_lead_on(
    display_name: str, agent: PlayerAgent, tmp_path: Path
) -> None:
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "L1")) as television:
        wait_for(lambda: television.shows_picture_at(*PICTURE))
        for key in ("3", "Return"):
            time.sleep(0.05)
            television.press(key)
        wait_for(lambda: agent.ledger.left != set() and not television.shows_picture_at(*PICTURE))
        time.sleep(0.5)
        television.press("Prior")
        wait_for(lambda: _on(agent) == "L12")
        wait_for(lambda: television.shows_picture_at(*CARD))
