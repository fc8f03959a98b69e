"""The player screen as it runs: real X keys, real libVLC on real media, reports over a real socket."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.display import virtual_display
from tests.tvclient.playback.media import make_clip
from tests.tvclient.screens.player_agent import PlayerAgent
from tests.tvclient.screens.running_television import INK0, running_television, wait_for

LONG_MS, SHORT_MS = 60_000, 2_000
NEAR_MS = 300
PICTURE = (500, 300)
PAUSE_MARK = (960, 320)
BAR = (1500, 860)
TOP = (1500, 20)
CARD = (700, 690)


@pytest.fixture(scope="module")
def display_name() -> Iterator[str]:
    with virtual_display(screen="1280x720x24") as name:
        yield name


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    make_clip(folder / "long.mp4", "640x360", LONG_MS, "-movflags", "+faststart")
    make_clip(folder / "short.mp4", "640x360", SHORT_MS, "-movflags", "+faststart")
    make_clip(folder / "sound.mp4", "640x360", LONG_MS, "-vn")
    (folder / "words.srt").write_text("1\n00:00:00,000 --> 00:00:59,000\n字幕在下面。\n", encoding="utf-8")
    return folder


def _source(path: Path, length_ms: int, **more: Any) -> dict[str, Any]:
    return {
        "url": str(path),
        "kind": "vod",
        "title": "政务礼仪",
        "episode_title": "",
        "length_ms": length_ms,
        "on_box": True,
        "resume_ms": 0,
    } | more


def _agent(clips: Path, **more: dict[str, Any]) -> PlayerAgent:
    long = _source(clips / "long.mp4", LONG_MS)
    return PlayerAgent({"5.1": long, "5.2": long, **more})


def _intervals(agent: PlayerAgent, place: int = 0) -> list[Any]:
    """Of one play, in order of the plays."""
    play = list(agent.ledger.intervals.values())[place]
    return [play[n] for n in sorted(play)]


def _counted(agent: PlayerAgent) -> int:
    return sum(_length(one) for play in agent.ledger.intervals.values() for one in play.values())


def _length(interval: Any) -> int:
    return int(interval.end_ms - interval.start_ms)


def test_what_the_keys_do_is_what_the_agent_hears(display_name: str, clips: Path, tmp_path: Path) -> None:
    agent = _agent(clips)
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "5.1")) as television:
        begun = wait_for(lambda: television.shows_picture_at(*PICTURE))
        time.sleep(1.5)
        paused = television.press("Return")
        wait_for(lambda: not television.shows_picture_at(*PAUSE_MARK), within_s=1)
        time.sleep(0.7)
        agent.away = True
        resumed = television.press("Return")
        time.sleep(1.2)
        jumped = television.press("Right")
        time.sleep(1.5)
        assert not television.shows_picture_at(*BAR)
        television.press("Escape")
        wait_for(lambda: television.shows_picture_at(*BAR), within_s=1)
        agent.away = False
        left = television.press("Escape")
        wait_for(lambda: bool(agent.ledger.left))
        wait_for(lambda: television.screens()[-1] == "home")
    first, second, third = _intervals(agent)
    assert abs(first.start_ms - begun) < NEAR_MS
    assert abs(first.end_ms - paused) < NEAR_MS
    assert abs(second.start_ms - resumed) < NEAR_MS
    assert jumped < second.end_ms <= third.start_ms < jumped + 1_000
    assert abs(third.end_ms - left) < NEAR_MS
    position_at_the_key = second.media_start_ms + jumped - second.start_ms
    assert abs(third.media_start_ms - position_at_the_key - 10_000) < 1_000
    played = sum(map(_length, (first, second, third)))
    assert abs(played - (paused - begun) - (left - resumed) + (third.start_ms - second.end_ms)) < NEAR_MS


def test_a_television_that_is_killed_loses_seconds_only(
    display_name: str, clips: Path, tmp_path: Path
) -> None:
    agent = _agent(clips)
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "5.1")) as television:
        begun = wait_for(lambda: television.shows_picture_at(*PICTURE))
        time.sleep(6.5)
        television.process.kill()
        killed_after_ms = 6_500
    (interval,) = _intervals(agent)
    assert interval.start_ms - begun < NEAR_MS
    assert killed_after_ms - 6_000 < _length(interval) <= killed_after_ms + NEAR_MS
    assert agent.ledger.left == set()


def test_at_the_end_a_card_leads_to_the_next_episode(display_name: str, clips: Path, tmp_path: Path) -> None:
    agent = _agent(clips)
    agent.sources["5.1"] = _source(clips / "short.mp4", SHORT_MS)
    agent.course = {"id": "5", "episodes": [_episode(1), _episode(2)]}
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "5.1")) as television:
        wait_for(lambda: len(agent.ledger.left) == 1)
        time.sleep(0.3)
        television.press("Return")
        wait_for(lambda: television.shows_picture_at(*PICTURE))
        television.press("End")
        wait_for(lambda: len(agent.ledger.left) == 2)
    assert abs(sum(map(_length, _intervals(agent))) - SHORT_MS) < NEAR_MS


def test_what_can_not_be_played_is_said_and_left_again(
    display_name: str, clips: Path, tmp_path: Path
) -> None:
    agent = _agent(clips)
    agent.sources["5.1"] = _source(tmp_path / "nothing.mp4", LONG_MS)
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "5.1")) as television:
        wait_for(lambda: bool(agent.ledger.left))
        time.sleep(0.3)
        television.press("Down")
        time.sleep(0.2)
        television.press("Return")
        wait_for(lambda: television.screens()[-1] == "home")
    assert agent.ledger.intervals == {next(iter(agent.ledger.left)): {}}


@pytest.mark.parametrize("way", ["plain_x11", "texture"])
def test_sound_alone_counts_and_is_no_black_screen(
    display_name: str, clips: Path, tmp_path: Path, way: str
) -> None:
    agent = _agent(clips)
    agent.sources["5.1"] = _source(clips / "sound.mp4", LONG_MS)
    opened = running_television(display_name, agent, tmp_path, ("player", "5.1"), video_output=way)
    with agent.server, opened as television:
        wait_for(lambda: _counted(agent) > 3_000, within_s=20)
        assert television.pixel(*PICTURE) == INK0


def test_the_bar_makes_room_for_subtitles(display_name: str, clips: Path, tmp_path: Path) -> None:
    agent = _agent(clips)
    beside = {"url": str(clips / "words.srt"), "language": "zh", "name": ""}
    agent.sources["5.1"] = _source(clips / "long.mp4", LONG_MS, subtitles=[beside])
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "choices.json").write_text('{"subtitle": {"language": "zh", "name": ""}}')
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "5.1")) as television:
        wait_for(lambda: television.shows_picture_at(*PICTURE))
        wait_for(lambda: television.pixel(*TOP) == INK0)
        wait_for(lambda: television.shows_picture_at(*BAR))
        television.press("Escape")
        wait_for(lambda: television.shows_picture_at(*TOP))


def test_the_card_asks_whether_anybody_is_there_and_a_key_keeps_the_time(
    display_name: str, clips: Path, tmp_path: Path
) -> None:
    agent = _agent(clips)
    asked_after_ms = 1_500
    opened = running_television(display_name, agent, tmp_path, ("player", "5.1"), asked_after_ms)
    with agent.server, opened as television:
        begun = wait_for(lambda: television.shows_picture_at(*PICTURE))
        wait_for(lambda: not television.shows_picture_at(*CARD))
        time.sleep(1.5)
        held_back = sum(map(_length, _intervals(agent)))
        television.press("Return")
        wait_for(lambda: television.shows_picture_at(*CARD), within_s=1)
        left = television.press("End")
        wait_for(lambda: bool(agent.ledger.left))
    assert held_back <= asked_after_ms + 1_000 + NEAR_MS
    assert abs(sum(map(_length, _intervals(agent))) - (left - begun)) < NEAR_MS


def _episode(number: int) -> dict[str, Any]:
    return {
        "item_id": f"5.{number}",
        "number": number,
        "title": f"题{number}",
        "length_ms": LONG_MS,
        "position_ms": 0,
        "played_ms": 0,
        "effective_ms": 0,
        "counted": False,
        "done": False,
        "covered": [],
        "on_box": True,
    }
