"""Draws the 640x360 tile pictures of the demo's courses."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import Image, ImageDraw

from demo.artwork import PAPER, PAPER_DIM, VERMILION, background, font
from demo.catalogue import Cover

COVER_SIZE = (640, 360)
MARGIN_PX = 48
# Size of the title and the lines it may take at that size, the largest first.
TITLE_SIZES = ((60, 2), (52, 3), (46, 3), (40, 3))
LINE_SPACING = 1.32
CATEGORY_SIZE_PX = 30
SPINE_PX = 8
# A line must not begin with a closing sign, nor end with an opening one.
CLOSING = "，。、；：？！”’）)》」%"
OPENING = "“‘（(《「"


def make_covers(covers: Iterable[Cover], folder: Path, show: Callable[[str], None]) -> list[Path]:
    """Draws every cover into `folder` as PNG; raises DemoError."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for cover in covers:
        target = folder / cover.file
        unfinished = target.with_suffix(".part")
        draw_cover(cover).save(unfinished, format="PNG")
        unfinished.replace(target)
        made.append(target)
    show(f"封面 {len(made)} 张")
    return made


def draw_cover(cover: Cover) -> Image.Image:
    """The course's own drawing as it is (the tile names it below), or a card with category and title."""
    picture = background(cover.poster, cover.category, COVER_SIZE)
    if not cover.poster:
        _write(ImageDraw.Draw(picture), cover)
    return picture


def _write(draw: ImageDraw.ImageDraw, cover: Cover) -> None:
    size_px, lines = fit_title(cover.title, COVER_SIZE[0] - 2 * MARGIN_PX)
    pitch = round(size_px * LINE_SPACING)
    bottom = COVER_SIZE[1] - MARGIN_PX
    first = bottom - pitch * len(lines)
    draw.rectangle((0, 0, SPINE_PX - 1, COVER_SIZE[1]), fill=VERMILION)
    draw.text(
        (MARGIN_PX, MARGIN_PX),
        cover.category,
        font=font("Regular", CATEGORY_SIZE_PX),
        fill=PAPER_DIM,
        anchor="lt",
    )
    for number, line in enumerate(lines):
        middle = first + pitch * number + pitch // 2
        draw.text((MARGIN_PX, middle), line, font=font("Bold", size_px), fill=PAPER, anchor="lm")


def fit_title(title: str, width_px: int) -> tuple[int, list[str]]:
    """The largest size (px) at which the title fits, and its lines; cut off when it fits at none."""
    for size_px, most_lines in TITLE_SIZES:
        lines = break_lines(title, width_px, size_px)
        if len(lines) <= most_lines:
            return size_px, lines
    return size_px, [*lines[: most_lines - 1], lines[most_lines - 1][:-1] + "…"]


def break_lines(title: str, width_px: int, size_px: int) -> list[str]:
    """Breaks at the title's blanks when each part fits into a line, else evenly between characters."""
    parts = title.split(" ")
    face = font("Bold", size_px)
    if all(face.getlength(part) <= width_px for part in parts):
        return parts
    fewest = int(-(-face.getlength(title) // width_px))
    aim_px = max(face.getlength(title) / fewest + size_px, width_px * 0.6)
    return _pack(title, min(aim_px, width_px), size_px)


def _pack(title: str, width_px: float, size_px: int) -> list[str]:
    face = font("Bold", size_px)
    lines = [""]
    for character in title:
        if face.getlength(lines[-1] + character) > width_px and character not in CLOSING:
            kept = lines[-1].rstrip(OPENING)
            lines[-1], start = kept, lines[-1][len(kept) :]
            lines.append(start)
        lines[-1] += character
    return [line.strip() for line in lines]
