"""The picture that Kivy draws, as it is on screen: colours, proportions, turned pictures, panels over it."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tvclient.screens.player_agent import PlayerAgent, source
from tests.tvclient.screens.running_television import (
    DESIGN_W,
    INK0,
    SIZE,
    RunningTelevision,
    Watching,
    wait_for,
)

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "1", "-pix_fmt", "yuv420p")
DECLARED = ("-colorspace", "bt709", "-color_range", "tv")
LOOSE = 6
LENGTH_MS = 30_000
SCALE = SIZE[0] / DESIGN_W
Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def make(path: Path, source: str, *options: str) -> Path:
    moving = ["-f", "lavfi", "-i", source, "-t", str(LENGTH_MS // 1000)]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *moving, *options, *H264, str(path)], check=True)
    return path


def bars(path: Path, size: str, *filters: str) -> Path:
    """Red, green and blue, one over the other."""
    width, height = map(int, size.split("x"))
    colour = f"size={width}x{height // 3}:rate=5,format=gbrp"
    stripes = ";".join(f"color=c={name}:{colour}[{name}]" for name in ("red", "lime", "blue"))
    form = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    source = f"{stripes};[red][lime][blue]vstack=3"
    return make(path, source, "-vf", ",".join([form, *filters]), *DECLARED)


def by_ffmpeg(path: Path) -> bytes:
    """The first picture in red, green and blue, of the screen's size."""
    scaling = f"scale={SIZE[0]}:{SIZE[1]}:in_color_matrix=bt709:in_range=tv:flags=accurate_rnd"
    options = ["-frames:v", "1", "-vf", scaling, "-pix_fmt", "rgb24", "-f", "rawvideo", "-"]
    command = ["ffmpeg", "-v", "error", "-i", str(path), *options]
    return subprocess.run(command, check=True, capture_output=True).stdout


def near(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= LOOSE


@contextmanager
def showing(watching: Watching, clip: Path, video_output: str = "texture") -> Iterator[RunningTelevision]:
    with (
        PlayerAgent({"5.1": source(clip, LENGTH_MS)}) as agent,
        watching(agent, "5.1", video_output=video_output) as television,
    ):
        yield television


def test_colours_are_ffmpegs_own(watching: Watching, tmp_path: Path) -> None:
    clip = bars(tmp_path / "bars.mp4", "1280x720")
    wanted = by_ffmpeg(clip)
    with showing(watching, clip) as television:
        for x, y in [(x, y) for x in (200, 960, 1700) for y in (100, 300, 500, 700)]:
            at = (round(y * SCALE) * SIZE[0] + round(x * SCALE)) * 3
            right = (wanted[at], wanted[at + 1], wanted[at + 2])
            wait_for(lambda x=x, y=y, right=right: near(television.pixel(x, y), right))


@pytest.mark.parametrize(
    ("size", "filters", "picture_is", "black_is"),
    [
        ("640x480", ["setsar=1"], (260, 300), (220, 300)),
        ("720x576", ["setsar=16/15"], (260, 300), (220, 300)),
        ("720x576", ["setsar=64/45"], (20, 300), None),
        ("854x360", ["setsar=1"], (960, 150), (960, 110)),
    ],
)
def test_proportions_are_kept_and_the_rest_is_black(
    watching: Watching,
    tmp_path: Path,
    size: str,
    filters: list[str],
    picture_is: tuple[int, int],
    black_is: tuple[int, int] | None,
) -> None:
    clip = bars(tmp_path / "bars.mp4", size, *filters)
    with showing(watching, clip) as television:
        wait_for(lambda: near(television.pixel(*picture_is), RED))
        if black_is is not None:
            assert television.pixel(*black_is) == BLACK


def test_a_turned_picture_stands_upright(watching: Watching, tmp_path: Path) -> None:
    plain, clip = bars(tmp_path / "plain.mp4", "640x360"), tmp_path / "turned.mp4"
    turn = ["-c", "copy", "-metadata:s:v:0", "rotate=90"]
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(plain), *turn, str(clip)], check=True)
    with showing(watching, clip) as television:
        # 608 px wide in the middle: what was the top is at the left, the bottom at the right.
        wait_for(lambda: near(television.pixel(720, 300), RED))
        assert near(television.pixel(1200, 300), BLUE)
        assert television.pixel(640, 300) == television.pixel(1280, 300) == BLACK


def test_panels_lie_over_the_picture_and_go_again(watching: Watching, tmp_path: Path) -> None:
    clip = bars(tmp_path / "bars.mp4", "1280x720")
    with showing(watching, clip) as television:
        wait_for(lambda: near(television.pixel(20, 100), RED))
        wait_for(lambda: television.pixel(20, 1000) == INK0)
        television.press("Escape")
        wait_for(lambda: near(television.pixel(20, 1000), BLUE))
        television.press("End")
        wait_for(lambda: television.screens()[-1] == "home")
        wait_for(lambda: not near(television.pixel(20, 500), GREEN))


def test_without_x11_it_is_chosen_by_itself_and_plays(
    watching: Watching, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "offscreen")
    clip = make(tmp_path / "moving.mp4", "testsrc2=size=640x360:rate=25")
    with showing(watching, clip, video_output="plain_x11") as television:
        wait_for(lambda: television.screens()[-1:] == ["player"])
        time.sleep(3)
        television.process.terminate()
        assert television.process.wait(15) == 0
        assert television.frames()["shown"] > 10
    assert "texture (there is no X11)" in (tmp_path / "television.log").read_text()
