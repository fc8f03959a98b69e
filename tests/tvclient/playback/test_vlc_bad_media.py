"""Bad media and bad servers: the right end, no hanging, and no watch time for what was not shown."""

from collections.abc import Callable
from pathlib import Path

import pytest

from study.units import BootId, Milliseconds
from study.watch import played_ms
from tests.tvclient.playback.bad_media import BAD_MS, TOLD_MS, make_bad_media
from tests.tvclient.playback.media import CLIP_MS, MediaServer
from tests.tvclient.playback.player_rig import RealRig
from tvclient.playback.player import OnEvent
from tvclient.playback.player_event import Ended, Failed, FailReason, Opened, Retrying
from tvclient.playback.vlc_player import VlcPlayer
from tvclient.playback.watch_recorder import WatchRecorder

START = Milliseconds(0)
LOOSE_MS = 700
"""libVLC guesses the length of transport streams."""
SHOWN_MIN = 30
"""Fewer than there are: libVLC needs a second for a new size."""


@pytest.fixture(scope="module")
def bad_folder(media_folder: Path) -> Path:
    folder = media_folder / "bad"
    folder.mkdir()
    make_bad_media(folder)
    return folder


@pytest.fixture
def rig(make_player: Callable[[OnEvent], VlcPlayer]) -> RealRig:
    return RealRig(make_player)


def recorded_ms(rig: RealRig) -> int:
    recorder = WatchRecorder(BootId("b"))
    for event in rig.events:
        recorder.record(event)
    return played_ms(recorder.intervals)


@pytest.mark.parametrize(
    "name", ["really_mp4.mkv", "really_mp4.ts", "really_ts.mp4", "silent.mp4", "changing.ts"]
)
def test_what_is_only_odd_plays_to_its_end(rig: RealRig, bad_folder: Path, name: str) -> None:
    rig.player.open(str(bad_folder / name), START, live=False)
    assert rig.until(Opened).length_ms == pytest.approx(BAD_MS, abs=LOOSE_MS)
    assert rig.until(Ended).media_ms == pytest.approx(BAD_MS, abs=LOOSE_MS)
    assert recorded_ms(rig) == pytest.approx(BAD_MS, abs=LOOSE_MS)
    assert rig.player.statistics.frames_shown >= SHOWN_MIN


@pytest.mark.usefixtures("soon_given_up")
def test_a_header_that_claims_too_much_ends_where_the_data_end(rig: RealRig, bad_folder: Path) -> None:
    rig.player.open(str(bad_folder / "long.mp4"), START, live=False)
    assert rig.until(Opened).length_ms == TOLD_MS
    failed = rig.until(Failed)
    assert failed.reason is FailReason.BROKE_OFF
    assert failed.media_ms == pytest.approx(BAD_MS, abs=LOOSE_MS)
    assert recorded_ms(rig) <= BAD_MS + LOOSE_MS


def test_protected_media_fail_with_a_reason_of_their_own_and_count_nothing(
    rig: RealRig, bad_folder: Path
) -> None:
    rig.player.open(str(bad_folder / "protected.mp4"), START, live=False)
    assert rig.until(Failed).reason is FailReason.CANNOT_SHOW
    assert recorded_ms(rig) == 0


@pytest.mark.usefixtures("soon_given_up")
@pytest.mark.parametrize("status", [403, 404])
def test_a_server_that_refuses_the_rest_has_broken_off(
    rig: RealRig, media_server: MediaServer, status: int
) -> None:
    media_server.die_with(status)
    rig.player.open(f"{media_server.url}/dying/clip.mp4", START, live=False)
    failed = rig.until(Failed)
    media_server.mend()
    assert failed.reason is FailReason.BROKE_OFF
    assert failed.media_ms <= CLIP_MS * 2 // 3
    assert any(isinstance(event, Retrying) for event in rig.events)
    assert recorded_ms(rig) == pytest.approx(failed.media_ms, abs=LOOSE_MS)


def test_a_server_that_sends_one_in_a_circle_cannot_be_opened(
    rig: RealRig, media_server: MediaServer
) -> None:
    rig.player.open(f"{media_server.url}/circle", START, live=False)
    assert rig.until(Failed).reason is FailReason.CANNOT_OPEN
    assert recorded_ms(rig) == 0
