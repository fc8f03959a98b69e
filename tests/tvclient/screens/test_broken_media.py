"""Media that are broken end on a card that can be left, and what was truly watched is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.display import virtual_display
from tests.tvclient.playback.media import make_clip
from tests.tvclient.screens.player_agent import PlayerAgent
from tests.tvclient.screens.running_television import INK0, RunningTelevision, running_television, wait_for

LENGTH_MS, FRAME_MS = 60_000, 40
PART = 10
"""One of so many parts of the file is there."""
LATE_MS = 800
"""So much of what was shown may be missing: what has not been proved before the end does not count."""
GIVES_UP_WITHIN_S = 60
WARNING_SIGN = (204, 867)
PICTURE = (500, 300)


@pytest.fixture(scope="module")
def display_name() -> Iterator[str]:
    with virtual_display(screen="1280x720x24") as name:
        yield name


def _agent(path: Path) -> PlayerAgent:
    source = {"url": str(path), "kind": "vod", "title": "政务礼仪", "episode_title": "", "on_box": True}
    return PlayerAgent({"5.1": source | {"length_ms": LENGTH_MS, "resume_ms": 0}})


def _intervals(agent: PlayerAgent) -> list[Any]:
    (play,) = agent.ledger.intervals.values()
    return [play[n] for n in sorted(play)]


def _shows_card(television: RunningTelevision) -> bool:
    near = zip(television.pixel(*WARNING_SIGN), INK0, strict=True)
    return max(abs(a - b) for a, b in near) > 60 and not television.shows_picture_at(*PICTURE)


def _leave(television: RunningTelevision) -> None:
    television.press("Escape")
    wait_for(lambda: television.screens()[-1] == "home")


def test_a_course_cut_short_counts_what_was_seen_of_it(display_name: str, tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.mp4", tmp_path / "cut.mp4"
    make_clip(whole, "640x360", LENGTH_MS, "-movflags", "+faststart")
    data = whole.read_bytes()
    cut.write_bytes(data[: len(data) // PART])
    agent = _agent(cut)
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "5.1")) as television:
        wait_for(lambda: television.shows_picture_at(*PICTURE))
        wait_for(lambda: bool(agent.ledger.left), within_s=GIVES_UP_WITHIN_S)
        wait_for(lambda: _shows_card(television))
        _leave(television)
        shown_ms = television.frames()["shown"] * FRAME_MS
    counted_ms = sum(one.end_ms - one.start_ms for one in _intervals(agent))
    assert 0 < shown_ms < LENGTH_MS // PART * 2
    assert shown_ms - LATE_MS < counted_ms <= shown_ms + FRAME_MS
    assert _intervals(agent)[-1].media_end_ms <= shown_ms + FRAME_MS


@pytest.mark.parametrize("data", [b"", "<html>请先登录网络</html>".encode() * 200], ids=["empty", "a page"])
def test_what_is_no_course_counts_nothing(display_name: str, tmp_path: Path, data: bytes) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(data)
    agent = _agent(broken)
    with agent.server, running_television(display_name, agent, tmp_path, ("player", "5.1")) as television:
        wait_for(lambda: bool(agent.ledger.left))
        wait_for(lambda: _shows_card(television))
        _leave(television)
    assert _intervals(agent) == []
