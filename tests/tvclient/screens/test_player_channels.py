"""Live channels by number and beside each other, as it runs: real keys, the channels that are asked for."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.fake_agent import channel, row
from tests.tvclient.screens.player_agent import PlayerAgent, source
from tests.tvclient.screens.running_television import (
    PICTURE,
    RunningTelevision,
    Watching,
    wait_for,
)
from tvclient.state.channel_dial import CHOSEN_AFTER_S

EDGE, EDGE_COLOUR = (96, 100), (0x5A, 0x64, 0x70)
"""The left edge of the panel with number and name."""
CARD = (700, 690)


@pytest.fixture
def agent(clip: Path) -> Iterator[PlayerAgent]:
    """Channels 1, 2 and 12; of 2 there is never a picture, and nobody has heard of 3."""
    live = source(clip, None, kind="live", on_box=False)
    silent = live | {"url": str(clip.with_name("nothing.mp4"))}
    channels = [channel(number, f"频道{number}") for number in (1, 2, 3, 12)]
    with PlayerAgent({"L1": live, "L2": silent, "L12": live}) as agent:
        agent.home = {"rows": [row("live", "正在直播", *channels)]}
        yield agent


def _on(agent: PlayerAgent) -> str:
    """The channel that was reported last."""
    return str(agent.reports[-1]["plays"][-1]["item_id"]) if agent.reports else ""


def _panel(television: RunningTelevision) -> bool:
    return television.pixel(*EDGE) == EDGE_COLOUR


def test_channel_keys_go_round_and_name_the_channel_before_its_picture(
    agent: PlayerAgent, watching: Watching
) -> None:
    agent.home["rows"][0]["tiles"].pop(2)
    with watching(agent, "L1") as television:
        television.wait_for_picture()
        wait_for(lambda: not _panel(television))
        television.press("Prior")
        wait_for(lambda: _panel(television))
        wait_for(lambda: _on(agent) == "L2")
        assert not television.shows_picture_at(*PICTURE)
        for key, channel_id in (("Prior", "L12"), ("Prior", "L1"), ("Next", "L12")):
            television.press(key)
            wait_for(lambda channel_id=channel_id: _on(agent) == channel_id)
        television.wait_for_picture()
    assert len(agent.ledger.left) == 5


def test_keys_in_quick_succession_go_on_from_each_other(agent: PlayerAgent, watching: Watching) -> None:
    agent.home["rows"][0]["tiles"].pop(2)
    with watching(agent, "L1") as television:
        television.wait_for_picture()
        television.press("Prior")
        time.sleep(0.05)
        television.press("Prior")
        wait_for(lambda: _on(agent) == "L12")


def test_digits_choose_after_a_while_or_by_ok(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "L2") as television:
        wait_for(lambda: _on(agent) == "L2")
        pressed = television.press("1")
        waited = wait_for(lambda: _on(agent) == "L1") - pressed
        assert waited >= CHOSEN_AFTER_S * 1000 - 100
        television.wait_for_picture()
        for key in ("1", "2", "Return"):
            time.sleep(0.05)
            television.press(key)
        wait_for(lambda: _on(agent) == "L12")
        television.wait_for_picture()


def test_an_unknown_number_is_said_and_back_forgets_one(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "L1") as television:
        television.wait_for_picture()
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


def test_from_a_channel_that_can_not_be_had_the_keys_lead_on(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "L1") as television:
        television.wait_for_picture()
        for key in ("3", "Return"):
            time.sleep(0.05)
            television.press(key)
        wait_for(lambda: agent.ledger.left != set() and not television.shows_picture_at(*PICTURE))
        time.sleep(0.5)
        television.press("Prior")
        wait_for(lambda: _on(agent) == "L12")
        wait_for(lambda: television.shows_picture_at(*CARD))
