"""Media that are broken end on a card that can be left, and what was truly watched is told."""

from pathlib import Path

import pytest

from tests.tvclient.screens.player_agent import CLIP_MS, PlayerAgent, source
from tests.tvclient.screens.running_television import (
    INK0,
    PICTURE,
    RunningTelevision,
    Watching,
    wait_for,
)

FRAME_MS = 40
PART = 10
"""One of so many parts of the file is there."""
LATE_MS = 800
"""So much of what was shown may be missing: what has not been proved before the end does not count."""
GIVES_UP_WITHIN_S = 60
WARNING_SIGN = (204, 867)


def _shows_card(television: RunningTelevision) -> bool:
    near = zip(television.pixel(*WARNING_SIGN), INK0, strict=True)
    return max(abs(a - b) for a, b in near) > 60 and not television.shows_picture_at(*PICTURE)


def _leave(television: RunningTelevision) -> None:
    television.press("Escape")
    wait_for(lambda: television.screens()[-1] == "home")


def test_a_course_cut_short_counts_what_was_seen_of_it(
    watching: Watching, clip: Path, tmp_path: Path
) -> None:
    data, cut = clip.read_bytes(), tmp_path / "cut.mp4"
    cut.write_bytes(data[: len(data) // PART])
    with PlayerAgent({"5.1": source(cut)}) as agent, watching(agent, "5.1") as television:
        television.wait_for_picture()
        wait_for(lambda: bool(agent.ledger.left), within_s=GIVES_UP_WITHIN_S)
        wait_for(lambda: _shows_card(television))
        _leave(television)
        frames = television.frames()
    shown_ms = (frames["shown"] + frames["lost"]) * FRAME_MS  # between frames lost for haste it moved too
    assert len(agent.ledger.intervals) == 1
    counted_ms = sum(one.end_ms - one.start_ms for one in agent.intervals())
    assert 0 < shown_ms < CLIP_MS // PART * 2
    assert shown_ms - LATE_MS < counted_ms <= shown_ms + FRAME_MS
    assert agent.intervals()[-1].media_end_ms <= shown_ms + FRAME_MS


@pytest.mark.parametrize("data", [b"", "<html>请先登录网络</html>".encode() * 200], ids=["empty", "a page"])
def test_what_is_no_course_counts_nothing(watching: Watching, tmp_path: Path, data: bytes) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(data)
    with PlayerAgent({"5.1": source(broken)}) as agent, watching(agent, "5.1") as television:
        wait_for(lambda: bool(agent.ledger.left))
        wait_for(lambda: _shows_card(television))
        _leave(television)
    assert list(agent.ledger.intervals.values()) == [{}]
