"""Subtitles on the screen: none unasked, and Chinese in its mainland forms."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat
from Xlib import X
from Xlib.display import Display

from study.units import Milliseconds
from tests.tvclient.playback.conftest import SCREEN
from tests.tvclient.playback.player_rig import RealRig, play_until, until_tracks
from tests.tvclient.playback.track_media import WORDS
from tvclient.playback.player import OnEvent, SubtitleFile
from tvclient.playback.vlc_player import VlcPlayer

START = Milliseconds(0)
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
JAPANESE, MAINLAND = 0, 2
LIT = 128
SAME_SIZE = (96, 32)
READABLE_PX = 45
"""High enough for a character to be read at three metres."""


@pytest.fixture
def rig(make_player: Callable[[OnEvent], VlcPlayer]) -> RealRig:
    return RealRig(make_player)


def screen_of(display: Display) -> Image.Image:
    content = display.screen().root.get_image(*SCREEN, X.ZPixmap, 0xFFFFFFFF).data
    return Image.frombytes("RGB", (SCREEN.w, SCREEN.h), bytes(content), "raw", "BGRX").convert("L")


def words_in(picture: Image.Image) -> Image.Image | None:
    """What is lit, cut out; None when nothing is."""
    lit = picture.point(lambda value: 255 if value >= LIT else 0)
    box = lit.getbbox()
    return None if box is None else lit.crop(box)


def drawn(face: int) -> Image.Image:
    picture = Image.new("L", (600, 200))
    font = ImageFont.truetype(str(FONT), 90, index=face)
    ImageDraw.Draw(picture).text((40, 20), WORDS, 255, font)
    words = words_in(picture)
    assert words is not None
    return words


def difference(a: Image.Image, b: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(a.resize(SAME_SIZE), b.resize(SAME_SIZE))).mean[0])


@pytest.mark.parametrize("name", ["srt.mkv", "ass.mkv", "text.mp4", "chinese.srt", "chinese.vtt"])
def test_mainland_forms_are_on_the_screen_once_chosen_and_not_before(
    rig: RealRig, display: Display, track_folder: Path, name: str
) -> None:
    beside = name.startswith("chinese")
    media = track_folder / ("sounds.mp4" if beside else name)
    files = [SubtitleFile(str(track_folder / name), "zh", "")] if beside else []
    rig.player.open(str(media), START, live=False, subtitles=files)
    chinese = until_tracks(rig, lambda now: len(now.subtitles) > 0 and now.sound is not None).subtitles[0]
    play_until(rig, 1_000)
    assert words_in(screen_of(display)) is None
    rig.player.choose_subtitle(chinese.track_id)
    until_tracks(rig, lambda now: now.subtitle is not None)
    rig.player.seek(Milliseconds(500))
    play_until(rig, 2_000)
    words = words_in(screen_of(display))
    assert words is not None
    assert name == "ass.mkv" or words.height >= READABLE_PX, "the size of ASS is the file's own"
    assert difference(words, drawn(MAINLAND)) < difference(words, drawn(JAPANESE))
    rig.player.choose_subtitle(None)
    until_tracks(rig, lambda now: now.subtitle is None)
    rig.settle()
    assert words_in(screen_of(display)) is None
