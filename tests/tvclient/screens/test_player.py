"""The player screen as it runs: real X keys, real libVLC on real media, reports over a real socket."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tvclient.playback.media import make_clip
from tests.tvclient.screens.player_agent import CLIP_MS, PlayerAgent, source
from tests.tvclient.screens.running_television import INK0, PICTURE, Watching, wait_for
from tvclient.screens.status_feed import POLL_S

SHORT_MS = 2_000
NEAR_MS = 300
PAUSE_MARK = (960, 320)
BAR = (1500, 860)
TOP = (1500, 20)
CARD = (700, 690)


@pytest.fixture
def agent(clip: Path) -> Iterator[PlayerAgent]:
    with PlayerAgent({"5.1": source(clip), "5.2": source(clip)}) as agent:
        yield agent


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    make_clip(folder / "short.mp4", "640x360", SHORT_MS, "-movflags", "+faststart")
    make_clip(folder / "sound.mp4", "640x360", CLIP_MS, "-vn")
    (folder / "words.srt").write_text("1\n00:00:00,000 --> 00:00:59,000\n字幕在下面。\n", encoding="utf-8")
    return folder


def _counted(agent: PlayerAgent) -> int:
    return sum(_length(one) for play in agent.ledger.intervals.values() for one in play.values())


def _length(interval: Any) -> int:
    return int(interval.end_ms - interval.start_ms)


def test_what_the_keys_do_is_what_the_agent_hears(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "5.1") as television:
        begun = television.wait_for_picture()
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
    first, second, third = agent.intervals()
    assert abs(first.start_ms - begun) < NEAR_MS
    assert abs(first.end_ms - paused) < NEAR_MS
    assert abs(second.start_ms - resumed) < NEAR_MS
    assert jumped < second.end_ms <= third.start_ms < jumped + 1_000
    assert abs(third.end_ms - left) < NEAR_MS
    position_at_the_key = second.media_start_ms + jumped - second.start_ms
    assert abs(third.media_start_ms - position_at_the_key - 10_000) < 1_000
    played = sum(map(_length, (first, second, third)))
    assert abs(played - (paused - begun) - (left - resumed) + (third.start_ms - second.end_ms)) < NEAR_MS


def test_the_box_is_not_asked_about_itself_behind_a_film_but_at_once_after_it(
    agent: PlayerAgent, watching: Watching
) -> None:
    def asked() -> int:
        return sum(one.path == "/v1/status" for one in agent.server.asked)

    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        before = asked()
        time.sleep(3 * POLL_S)
        assert asked() == before
        television.press("Escape")
        wait_for(lambda: asked() == before + 1, within_s=1)
        wait_for(lambda: asked() > before + 1, within_s=2 * POLL_S)


def test_a_television_that_is_killed_loses_seconds_only(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "5.1") as television:
        begun = television.wait_for_picture()
        time.sleep(6.5)
        television.process.kill()
        killed_after_ms = 6_500
    (interval,) = agent.intervals()
    assert interval.start_ms - begun < NEAR_MS
    assert killed_after_ms - 6_000 < _length(interval) <= killed_after_ms + NEAR_MS
    assert agent.ledger.left == set()


def test_at_the_end_a_card_leads_to_the_next_episode(
    agent: PlayerAgent, watching: Watching, clips: Path
) -> None:
    agent.sources["5.1"] = source(clips / "short.mp4", SHORT_MS)
    agent.course = {"id": "5", "episodes": [_episode(1), _episode(2)]}
    with watching(agent, "5.1") as television:
        wait_for(lambda: len(agent.ledger.left) == 1)
        time.sleep(0.3)
        television.press("Return")
        television.wait_for_picture()
        television.press("End")
        wait_for(lambda: len(agent.ledger.left) == 2)
    assert abs(sum(map(_length, agent.intervals())) - SHORT_MS) < NEAR_MS


def test_what_can_not_be_played_is_said_and_left_again(
    agent: PlayerAgent, watching: Watching, tmp_path: Path
) -> None:
    agent.sources["5.1"] = source(tmp_path / "nothing.mp4")
    with watching(agent, "5.1") as television:
        wait_for(lambda: bool(agent.ledger.left))
        time.sleep(0.3)
        television.press("Down")
        time.sleep(0.2)
        television.press("Return")
        wait_for(lambda: television.screens()[-1] == "home")
    assert agent.ledger.intervals == {next(iter(agent.ledger.left)): {}}


@pytest.mark.parametrize("way", ["plain_x11", "texture"])
def test_sound_alone_counts_and_is_no_black_screen(
    agent: PlayerAgent, watching: Watching, clips: Path, way: str
) -> None:
    agent.sources["5.1"] = source(clips / "sound.mp4")
    with watching(agent, "5.1", video_output=way) as television:
        wait_for(lambda: _counted(agent) > 3_000, within_s=20)
        assert television.pixel(*PICTURE) == INK0


def test_the_bar_makes_room_for_subtitles(
    agent: PlayerAgent, watching: Watching, clip: Path, clips: Path, tmp_path: Path
) -> None:
    beside = {"url": str(clips / "words.srt"), "language": "zh", "name": ""}
    agent.sources["5.1"] = source(clip, subtitles=[beside])
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "choices.json").write_text('{"subtitle": {"language": "zh", "name": ""}}')
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        wait_for(lambda: television.pixel(*TOP) == INK0)
        wait_for(lambda: television.shows_picture_at(*BAR))
        television.press("Escape")
        wait_for(lambda: television.shows_picture_at(*TOP))


def test_the_card_asks_whether_anybody_is_there_and_a_key_keeps_the_time(
    agent: PlayerAgent, watching: Watching
) -> None:
    asked_after_ms = 1_500
    with watching(agent, "5.1", ask_after_ms=asked_after_ms) as television:
        begun = television.wait_for_picture()
        wait_for(lambda: not television.shows_picture_at(*CARD))
        time.sleep(1.5)
        held_back = sum(map(_length, agent.intervals()))
        television.press("Return")
        wait_for(lambda: television.shows_picture_at(*CARD), within_s=1)
        left = television.press("End")
        wait_for(lambda: bool(agent.ledger.left))
    assert held_back <= asked_after_ms + 1_000 + NEAR_MS
    assert abs(sum(map(_length, agent.intervals())) - (left - begun)) < NEAR_MS


def _episode(number: int) -> dict[str, Any]:
    return {
        "item_id": f"5.{number}",
        "number": number,
        "title": f"题{number}",
        "length_ms": CLIP_MS,
        "position_ms": 0,
        "played_ms": 0,
        "effective_ms": 0,
        "counted": False,
        "done": False,
        "covered": [],
        "on_box": True,
    }
