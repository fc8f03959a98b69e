"""Subtitles on the screen: none unasked, Chinese in its mainland forms, as large whatever the film's size."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat
from Xlib import X
from Xlib.display import Display

from study.units import Milliseconds
from tests.tvclient.playback.conftest import SCREEN
from tests.tvclient.playback.media import CLIP_MS, run_ffmpeg
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
WORDS_PX, LOOSE_PX = 61, 4
SAFE_BOTTOM, HIGHEST_BOTTOM = 1026, 940
ASIDE_PX = 75
"""libVLC measures from the edges of the coded picture, which has 386 lines where 360 are seen."""


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


@pytest.mark.parametrize("size", ["640x360", "1280x720", "1920x1080"])
def test_words_are_as_large_whatever_the_size_of_the_film(
    rig: RealRig, display: Display, track_folder: Path, tmp_path: Path, size: str
) -> None:
    film = tmp_path / "film.mp4"
    black = ("-f", "lavfi", "-i", f"color=black:size={size}:rate=5", "-t", str(CLIP_MS / 1000))
    run_ffmpeg(*black, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(film))
    beside = SubtitleFile(str(track_folder / "chinese.srt"), "zh", "")
    rig.player.open(str(film), START, live=False, subtitles=[beside])
    chinese = until_tracks(rig, lambda now: len(now.subtitles) > 0).subtitles[0]
    rig.player.choose_subtitle(chinese.track_id)
    until_tracks(rig, lambda now: now.subtitle is not None)
    rig.player.seek(Milliseconds(500))
    play_until(rig, 2_000)
    box = screen_of(display).point(lambda value: 255 if value >= LIT else 0).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert abs(bottom - top - WORDS_PX) <= LOOSE_PX
    assert HIGHEST_BOTTOM <= bottom <= SAFE_BOTTOM
    assert abs((left + right) / 2 - SCREEN.w / 2) <= ASIDE_PX
