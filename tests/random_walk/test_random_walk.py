"""A short walk finds nothing, and the eyes that look for the focus can tell."""

from pathlib import Path

from PIL import Image, ImageDraw

from tests.random_walk.__main__ import main
from tests.random_walk.seen_focus import FOCUS, seen_focus

KEYS = "200"


def screen(*rings: tuple[int, int, int, int]) -> Image.Image:
    picture = Image.new("RGB", (1920, 1080), (14, 18, 23))
    for ring in rings:
        ImageDraw.Draw(picture).rectangle(ring, outline=FOCUS, width=6)
    return picture


def test_one_ring_is_a_focus_and_none_or_two_are_not() -> None:
    assert seen_focus(screen((96, 200, 430, 500))).is_one
    assert not seen_focus(screen()).is_one
    assert not seen_focus(screen((96, 200, 430, 500), (1400, 700, 1800, 1000))).is_one


def test_a_short_walk(tmp_path: Path) -> None:
    assert main(["--keys", KEYS, "--seed", "3", "--keep", str(tmp_path)]) == 0
