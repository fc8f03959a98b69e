"""The player's menu as it runs: what is chosen with real keys is played, and holds after a restart."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.fake_agent import episode
from tests.tvclient.playback.media import run_ffmpeg
from tests.tvclient.screens.player_agent import CLIP_MS, PlayerAgent, source
from tests.tvclient.screens.running_television import RunningTelevision, Watching, wait_for

UNDER_THE_MENU = (1700, 560)
"""Over the bar, and in a menu of four rows only if that is too high."""
IN_THE_MENU = (1860, 380)
CORNERS = ((1860, 150), (1860, 900))
"""The bar lies over one of them, whether at the top or at the bottom."""
WORDS_FROM, WORDS_TO = 880, 1060
WHITE = 235


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A grey picture with two sounds, and words beside it."""
    folder = tmp_path_factory.mktemp("clips")
    # libVLC draws a line from its beginning only, so one that began before its file was read is not seen.
    lines = (f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n先整地再作畦\n" for n in range(60))
    (folder / "words.srt").write_text("\n".join(lines), encoding="utf-8")
    sounds = ("-f", "lavfi", "-i", "sine=frequency=440", "-f", "lavfi", "-i", "sine=frequency=880")
    run_ffmpeg(
        *("-f", "lavfi", "-i", "color=0x808080:size=640x360:rate=25", *sounds),
        *("-t", str(CLIP_MS / 1000), "-map", "0", "-map", "1", "-map", "2"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac"),
        *("-metadata:s:a:0", "language=chi", "-metadata:s:a:1", "language=yue"),
        str(folder / "course.mkv"),
    )
    return folder


@pytest.fixture
def agent(folder: Path) -> Iterator[PlayerAgent]:
    words = {"url": str(folder / "words.srt"), "language": "zh", "name": ""}
    told = source(folder / "course.mkv", subtitles=[words])
    episodes = [episode(5, number, f"题{number}", CLIP_MS) for number in (1, 2, 3)]
    course = {"id": "5", "episodes": episodes}
    with PlayerAgent({f"5.{number}": told for number in (1, 2, 3)}, course) as agent:
        yield agent


def _press(television: RunningTelevision, key: str, focus: str) -> None:
    television.press(key)
    wait_for(lambda: television.focused() == focus)


def _hide_bar(television: RunningTelevision) -> None:
    """Once the picture is there, nothing else is."""
    wait_for(lambda: _bare_corners(television) == 1)
    television.press("Escape")
    wait_for(lambda: _bare_corners(television) == 2)


def _bare_corners(television: RunningTelevision) -> int:
    return sum(television.shows_picture_at(*place) for place in CORNERS)


def _kept(folder: Path) -> Any:
    file = folder / "data" / "choices.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _rates(agent: PlayerAgent) -> list[float]:
    """Of the last play."""
    return [interval.rate for interval in agent.intervals(-1)]


def test_the_menu_lies_over_the_picture_and_goes_again(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "5.2") as television:
        television.wait_for_picture()
        for close in ("F1", "Escape"):
            _press(television, "F1", "episode:5.2")
            wait_for(lambda: not television.shows_picture_at(*IN_THE_MENU))
            wait_for(lambda: television.shows_picture_at(*UNDER_THE_MENU))
            _press(television, close, "player:picture")
            wait_for(lambda: television.shows_picture_at(*IN_THE_MENU))
        assert television.screens()[-1] == "player"


def test_up_and_down_lead_to_what_is_in_use(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "5.3") as television:
        television.wait_for_picture()
        _press(television, "F1", "episode:5.3")
        _press(television, "Right", "episode:5.1")
        _press(television, "Down", "speed:1")
        _press(television, "Left", "speed:0.75")
        television.press("Left")
        _press(television, "Up", "episode:5.3")
        _press(television, "Down", "speed:1")
        television.press("Down")
        wait_for(lambda: str(television.focused()).startswith("sound:"))
        _press(television, "Down", "subtitle:none")


def test_an_episode_that_is_chosen_is_played(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        _press(television, "F1", "episode:5.1")
        _press(television, "Right", "episode:5.2")
        _press(television, "Return", "player:picture")
        wait_for(lambda: len(agent.ledger.intervals) == 2)
        television.wait_for_picture()
    assert [report["plays"][-1]["item_id"] for report in agent.reports][-1] == "5.2"
    assert len(agent.ledger.left) == 2


def test_speed_is_played_and_reported_and_holds_after_a_restart(
    agent: PlayerAgent, watching: Watching
) -> None:
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        _press(television, "F1", "episode:5.1")
        _press(television, "Down", "speed:1")
        for speed in ("1.25", "1.5", "2"):
            _press(television, "Right", f"speed:{speed}")
        _press(television, "Return", "speed:2")
        wait_for(lambda: _rates(agent)[-1:] == [2.0])
    with watching(agent, "5.2") as television:
        wait_for(lambda: len(agent.ledger.intervals) == 2 and set(_rates(agent)) == {2.0})


def test_a_dialect_and_a_subtitle_hold_after_a_restart(
    agent: PlayerAgent, watching: Watching, tmp_path: Path
) -> None:
    agent.course = None
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        _press(television, "F1", "speed:1")
        television.press("Down")
        wait_for(lambda: str(television.focused()).startswith("sound:"))
        mandarin = television.focused()
        television.press("Right")
        wait_for(lambda: television.focused() != mandarin)
        television.press("Return")
        _press(television, "Down", "subtitle:none")
        _press(television, "Right", "subtitle:1")
        _press(television, "Return", "subtitle:1")
        wait_for(lambda: {"sound", "subtitle"} <= set(_kept(tmp_path)))
    assert _kept(tmp_path)["sound"] == {"language": "yue", "name": ""}
    with watching(agent, "5.3") as television:
        _hide_bar(television)
        wait_for(lambda: television.brightest(WORDS_FROM, WORDS_TO) > WHITE)


def test_without_a_choice_no_subtitle_is_shown(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "5.1") as television:
        _hide_bar(television)
        assert television.brightest(WORDS_FROM, WORDS_TO) < WHITE
