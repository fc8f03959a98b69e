"""The frame counter is what ffmpeg drew, and nothing else is taken for one."""

import subprocess

import pytest

from tests.playback_hour import counter

SCENE = "testsrc2=size=1920x1080:rate=25"
LEFT_PX, TOP_PX, WIDTH_PX, _ROWS = counter.ROW
CUT = f"crop={WIDTH_PX}:2:{LEFT_PX}:{TOP_PX}"


def row_of(frame: int) -> bytes:
    """The pixels of ROW in a film's frame, drawn by ffmpeg as if so many had come before it."""
    drawn = counter.drawing().replace("floor(n/", f"floor((n+{frame})/")
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"{SCENE},format=yuv420p,{drawn},{CUT}"]
    raw = ["-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "bgr0", "-"]
    return subprocess.run([*command, *raw], capture_output=True, check=True).stdout[: WIDTH_PX * 4]


@pytest.mark.parametrize("frame", [0, 1, 2, 12_345, (1 << counter.BITS) - 1])
def test_reads_the_number_that_ffmpeg_drew(frame: int) -> None:
    assert counter.frame_of(row_of(frame)) == frame


def test_a_screen_without_a_counter_shows_none() -> None:
    pixels = WIDTH_PX * 4
    assert counter.frame_of(bytes(pixels)) is None
    assert counter.frame_of(b"\xff" * pixels) is None
    assert counter.frame_of(bytes(range(256)) * (pixels // 256)) is None


def test_half_a_counter_is_none() -> None:
    row = row_of(77)
    covered = bytes(len(row) // 2) + row[len(row) // 2 :]
    assert counter.frame_of(covered) is None
