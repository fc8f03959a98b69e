"""libVLC's pictures in memory, beside what ffmpeg makes of the same files."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from study.units import Milliseconds
from tests.tvclient.playback.conftest import boottime
from tests.tvclient.playback.watcher import AREA, Watcher
from tvclient.playback.frame_output import FrameOutput
from tvclient.playback.output import choose_output
from tvclient.playback.vlc_player import VlcPlayer
from tvclient.remote.rect import Rect

START = Milliseconds(0)
LOOSE = 5
"""Of 255: 8 bits a plane, and halved colour planes."""
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "1")
GRID = [(x / 16, y / 16) for x in (1, 3, 5, 7, 9, 11, 13, 15) for y in (1, 5, 9, 15)]


def make(path: Path, source: str, *options: str) -> Path:
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-t", "2", *options, str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def by_ffmpeg(path: Path, width: int, height: int, scaling: str) -> bytes:
    """The first picture as ffmpeg itself turns it into red, green and blue."""
    options = ["-frames:v", "1", "-vf", f"scale={scaling}:flags=accurate_rnd", "-pix_fmt", "rgb24"]
    command = ["ffmpeg", "-v", "error", "-i", str(path), *options, "-f", "rawvideo", "-"]
    found = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True).stdout
    assert len(found) == width * height * 3
    return found


@pytest.fixture
def watcher() -> Watcher:
    return Watcher()


@pytest.fixture
def player(watcher: Watcher) -> Iterator[VlcPlayer]:
    output = choose_output("llvmpipe", "texture")
    player = VlcPlayer(lambda _event: None, boottime, watcher.picture.attach, output, ("--aout=dummy",))
    yield player
    player.close()


@pytest.mark.parametrize(
    ("size", "matrix", "declared", "in_range"),
    [
        ("640x480", "bt601", "smpte170m", "tv"),
        ("640x480", "bt709", "bt709", "tv"),
        ("1280x720", "bt709", "bt709", "tv"),
        ("1280x720", "bt601", "smpte170m", "tv"),
        ("1280x720", "bt709", "bt709", "pc"),
        ("642x362", "bt601", "smpte170m", "tv"),
    ],
)
def test_colours_are_those_that_ffmpeg_sees(
    player: VlcPlayer, watcher: Watcher, tmp_path: Path, size: str, matrix: str, declared: str, in_range: str
) -> None:
    form = f"scale=out_color_matrix={matrix}:out_range={in_range},format=yuv420p"
    told = ("-colorspace", declared, "-color_range", in_range)
    clip = make(tmp_path / "bars.mp4", f"rgbtestsrc=size={size}:rate=25", "-vf", form, *told, *H264)
    width, height = map(int, size.split("x"))
    wanted = by_ffmpeg(clip, width, height, f"in_color_matrix={matrix}:in_range={in_range}")
    player.open(str(clip), START, live=False)
    watcher.wait(lambda: watcher.taken > 0)
    for x, y in GRID:
        at = (int(y * height) * width + int(x * width)) * 3
        colours = zip(watcher.colour_at(x, y), wanted[at : at + 3], strict=True)
        assert max(abs(seen - right) for seen, right in colours) <= LOOSE, (x, y)


def test_a_picture_that_stands_is_taken_once(player: VlcPlayer, watcher: Watcher, tmp_path: Path) -> None:
    clip = make(tmp_path / "still.mp4", "color=c=teal:size=640x360:rate=25", *H264)
    player.open(str(clip), START, live=False)
    watcher.wait_until(lambda: player.statistics.frames_shown > 20)
    assert watcher.taken <= 2
    assert watcher.picture.unseen == 0


@pytest.mark.parametrize("turn", ["90", "180", "270"])
def test_a_turned_picture_is_seen_upright(
    player: VlcPlayer, watcher: Watcher, tmp_path: Path, turn: str
) -> None:
    plain = make(tmp_path / "plain.mp4", "testsrc=size=640x360:rate=25", "-pix_fmt", "yuv420p", *H264)
    clip = tmp_path / "turned.mp4"
    copy = ["-c", "copy", "-metadata:s:v:0", f"rotate={turn}"]
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(plain), *copy, str(clip)], check=True)
    width, height = (640, 360) if turn == "180" else (360, 640)
    wanted = by_ffmpeg(clip, width, height, "in_color_matrix=bt601:in_range=tv")
    player.open(str(clip), START, live=False)
    watcher.wait(lambda: watcher.taken > 0)
    assert (watcher.formats[-1].width, watcher.formats[-1].height) == (width, height)
    for x, y in [(0.05, 0.44), (0.95, 0.44), (0.44, 0.06), (0.44, 0.94)]:
        at = (int(y * height) * width + int(x * width)) * 3
        colours = zip(watcher.colour_at(x, y), wanted[at : at + 3], strict=True)
        assert max(abs(seen - right) for seen, right in colours) <= 3 * LOOSE, (x, y)


def make_changing(path: Path, sources: list[tuple[str, str]]) -> Path:
    """A transport stream of several, each a lavfi source and a filter, one after the other."""
    parts = []
    for number, (source, filtered) in enumerate(sources):
        offset = ("-output_ts_offset", str(2 * number), "-mpegts_flags", "+initial_discontinuity")
        options = ("-vf", filtered, "-pix_fmt", "yuv420p", *H264, *offset)
        parts.append(make(path.with_suffix(f".{number}.ts"), source, *options))
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def test_pixels_that_are_not_square_are_drawn_so_also_when_that_changes(
    player: VlcPlayer, watcher: Watcher, tmp_path: Path
) -> None:
    source = "testsrc2=size=720x576:rate=25"
    both = make_changing(tmp_path / "both.ts", [(source, "setsar=16/15"), (source, "setsar=64/45")])
    player.open(str(both), START, live=False)
    watcher.wait(lambda: bool(watcher.formats) and watcher.spot() == Rect(240, 0, 1440, 1080))
    watcher.wait(lambda: watcher.spot() == AREA)


def test_size_may_change_while_it_plays(player: VlcPlayer, watcher: Watcher, tmp_path: Path) -> None:
    sizes = [(640, 360), (1280, 720), (320, 240)]
    sources = [(f"testsrc2=size={width}x{height}:rate=50", "null") for width, height in sizes]
    player.open(str(make_changing(tmp_path / "changing.ts", sources)), START, live=False)
    watcher.wait(lambda: len(watcher.formats) == len(sizes))
    assert [(each.width, each.height) for each in watcher.formats] == sizes


def test_pictures_that_nobody_takes_are_counted(
    player: VlcPlayer, watcher: Watcher, media_folder: Path
) -> None:
    watcher.picture.follow(lambda: None)
    player.open(str(media_folder / "clip.mp4"), START, live=False)
    watcher.wait_until(lambda: watcher.picture.unseen > 20)
    unseen = watcher.picture.unseen
    watcher.wait_until(lambda: player.statistics.frames_shown >= unseen)


def test_hidden_pictures_are_dropped_and_the_next_one_shown_is_new(
    player: VlcPlayer, watcher: Watcher, media_folder: Path
) -> None:
    player.open(str(media_folder / "clip.mp4"), START, live=False)
    watcher.wait(lambda: watcher.taken > 3)
    watcher.picture.hide()
    hidden = watcher.taken
    watcher.wait_until(lambda: player.statistics.frames_shown > 30)
    assert watcher.taken == hidden
    assert watcher.picture.unseen == 0
    watcher.picture.show([])
    watcher.wait(lambda: watcher.taken > hidden)


def test_a_callback_that_fails_neither_stops_libvlc_nor_ends_the_program(
    media_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("news that nobody can bear")

    frames = FrameOutput(fail)
    frames.want(True)
    output = choose_output("llvmpipe", "texture")
    player = VlcPlayer(lambda _event: None, boottime, frames.attach, output, ("--aout=dummy",))
    player.open(str(media_folder / "clip.mp4"), START, live=False)
    Watcher().wait_until(lambda: player.statistics.frames_shown > 5)
    player.close()
    assert "news that nobody can bear" in caplog.text
