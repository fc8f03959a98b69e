"""The volume keys on a real television: panel over home and over a moving picture, kept over a restart."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from Xlib import XK

from tests.tvclient.screens.player_agent import PlayerAgent, source
from tests.tvclient.screens.running_television import RunningTelevision, Watching, wait_for

UP, DOWN, MUTE = "XF86_AudioRaiseVolume", "XF86_AudioLowerVolume", "XF86_AudioMute"
XK.load_keysym_group("xf86")
PANEL = (1780, 60)
"""Inside the panel, beside its number."""
BESIDE = (1200, 300)
SEVENTH_STEP, LAST_STEP = (1451, 104), (1672, 104)
GOLD, MUTED_STEP, UNLIT_STEP, PANEL_FILL = (
    (0xE9, 0xBC, 0x55),
    (0x5A, 0x64, 0x70),
    (0x24, 0x2B, 0x34),
    (14, 18, 23),
)


@pytest.fixture
def agent(clip: Path) -> Iterator[PlayerAgent]:
    with PlayerAgent({"5.1": source(clip)}) as agent:
        yield agent


def kept(folder: Path) -> object:
    return json.loads((folder / "data" / "choices.json").read_text())["volume"]


def wait_for_colour(
    television: RunningTelevision, place: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    wait_for(lambda: television.pixel(*place) == colour)


def test_over_a_moving_picture_the_panel_comes_and_goes(
    agent: PlayerAgent, watching: Watching, tmp_path: Path
) -> None:
    with watching(agent, "5.1") as television:
        wait_for(lambda: television.shows_picture_at(*PANEL))
        television.press(DOWN)
        wait_for_colour(television, PANEL, PANEL_FILL)
        wait_for_colour(television, SEVENTH_STEP, GOLD)
        assert television.pixel(*LAST_STEP) == UNLIT_STEP
        assert television.shows_picture_at(*BESIDE)
        wait_for(lambda: television.shows_picture_at(*PANEL))
        television.press(MUTE)
        wait_for_colour(television, SEVENTH_STEP, MUTED_STEP)
        television.press("Home")
        wait_for(lambda: television.screens()[-1] == "home")
        television.press(DOWN)
        wait_for_colour(television, SEVENTH_STEP, MUTED_STEP)
        wait_for(lambda: kept(tmp_path) == {"level": 70, "muted": True})


def test_a_muted_television_says_so_when_it_plays_again(
    agent: PlayerAgent, watching: Watching, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "choices.json").write_text('{"volume": {"level": 35, "muted": true}}')
    with watching(agent, "5.1") as television:
        wait_for_colour(television, SEVENTH_STEP, MUTED_STEP)
        wait_for(lambda: television.shows_picture_at(*PANEL))
        television.press(UP)
        wait_for_colour(television, SEVENTH_STEP, GOLD)
        wait_for(lambda: kept(tmp_path) == {"level": 40, "muted": False})
