"""What is on as it runs: a channel that is lost is tried again at once when somebody asks for it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.fake_agent import channel, row
from tests.tvclient.screens.player_agent import PlayerAgent, source
from tests.tvclient.screens.running_television import Watching, wait_for

LOSSES = 4
"""Told in words, before it waits for eight seconds by itself."""
TOLD, WORDS = (54, 126), 128
"""Where words at the top lie, px, and how bright they are."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a channel will come from that has no signal yet."""
    return tmp_path / "channel.mp4"


@pytest.fixture
def agent(place: Path) -> Iterator[PlayerAgent]:
    with PlayerAgent({"L1": source(place, None, kind="live", on_box=False)}) as agent:
        agent.home = {"rows": [row("live", "正在直播", channel(1, "北京新闻综合频道"))]}
        yield agent


def test_ok_tries_a_lost_channel_again_at_once(
    agent: PlayerAgent, watching: Watching, clip: Path, place: Path, tmp_path: Path
) -> None:
    log = tmp_path / "television.log"
    with watching(agent, "L1") as television:
        wait_for(lambda: log.read_text().count("按 OK 马上再试") == LOSSES, within_s=25)
        assert television.brightest(*TOLD) < WORDS
        television.press("Return")
        wait_for(lambda: television.brightest(*TOLD) > WORDS, within_s=1)
        shutil.copy(clip, place)
        television.press("Return")
        wait_for(lambda: television.shows_picture_at(500, 300), within_s=4)
