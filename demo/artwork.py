"""The drawings behind covers and clips: the course's poster, or a card in its category's tint."""

import io
import subprocess
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from demo.errors import DemoError

Size = tuple[int, int]
Colour = tuple[int, int, int]

ROOT = Path(__file__).resolve().parent.parent
POSTERS = ROOT / "assets" / "posters"
SEAL = ROOT / "assets" / "baked" / "seal_256.png"
FONTS = ROOT / "build" / "fonts"

PAPER: Colour = (0xF6, 0xF1, 0xE6)
PAPER_DIM: Colour = (0xD8, 0xD3, 0xC8)
INK: Colour = (0x0E, 0x12, 0x17)
VERMILION: Colour = (0xE4, 0x50, 0x2E)
TINTS: dict[str, Colour] = {
    "党的建设": (0x4A, 0x2A, 0x24),
    "实用技术": (0x2C, 0x40, 0x30),
    "典型经验": (0x45, 0x39, 0x1F),
    "文化建设": (0x3A, 0x2A, 0x44),
    "社会建设": (0x24, 0x38, 0x4A),
}
DEFAULT_TINT: Colour = (0x1F, 0x41, 0x40)
WAVE_RINGS = 4
SHARPENING = 2


@cache
def font(weight: str, size_px: int) -> ImageFont.FreeTypeFont:
    """The mainland Chinese face; `weight` is Regular or Bold. Raises DemoError when it was not extracted."""
    path = FONTS / f"NotoSansSC-{weight}.otf"
    try:
        return ImageFont.truetype(str(path), size_px)
    except OSError as error:
        raise DemoError(f"找不到中文字体 {path}，画面上写不了字。请先运行 make setup。") from error


def background(poster: str, category: str, size: Size) -> Image.Image:
    """An opaque RGB picture of `size`: the poster of that name, or the category's card."""
    return render_poster(poster, size) if poster else draw_card(category, size)


def render_poster(name: str, size: Size) -> Image.Image:
    """Renders assets/posters/<name>.svg; raises DemoError when there is no such drawing or no renderer."""
    path = POSTERS / f"{name}.svg"
    command = ["rsvg-convert", "--width", str(size[0]), "--height", str(size[1]), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except FileNotFoundError as error:
        raise DemoError(
            "缺少 rsvg-convert（软件包 librsvg2-bin），画不出封面。请先运行 make setup。"
        ) from error
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode(errors="replace").strip()
        raise DemoError(f"图画 {path} 画不出来：{words}。请重新取一份代码。") from error
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def draw_card(category: str, size: Size) -> Image.Image:
    """A quiet card: the tint, lit from the upper left, with waves fading in towards the lower right."""
    tint = TINTS.get(category, DEFAULT_TINT)
    light = Image.new("RGB", size, _lighter(tint, 26))
    card = Image.composite(
        light, Image.new("RGB", size, tint), _diagonal_fade(size, strongest=255, rising=False)
    )
    waves = ImageChops.multiply(_waves(size), _diagonal_fade(size, strongest=120, rising=True))
    return Image.composite(Image.new("RGB", size, _lighter(tint, 90)), card, waves)


def _lighter(colour: Colour, amount: int) -> Colour:
    red, green, blue = (min(255, part + amount) for part in colour)
    return red, green, blue


def _diagonal_fade(size: Size, strongest: int, rising: bool) -> Image.Image:
    """An L mask running from the upper left to the lower right corner."""
    small = Image.new("L", (64, 64))
    steps = 126
    small.putdata(
        [
            round(strongest * ((x + y) if rising else steps - x - y) / steps)
            for y in range(64)
            for x in range(64)
        ]
    )
    return small.resize(size, Image.Resampling.BICUBIC)


def _waves(size: Size) -> Image.Image:
    """Overlapping scales of concentric arcs as an L mask, drawn large so that the lines are smooth."""
    width, height = size[0] * SHARPENING, size[1] * SHARPENING
    mask = Image.new("L", (width, height))
    draw = ImageDraw.Draw(mask)
    radius = height // 6
    line = max(2, radius // 22)
    for row, centre_y in enumerate(range(0, height + 2 * radius, radius // 2)):
        for centre_x in range(-(row % 2) * radius, width + radius, 2 * radius):
            for ring in range(WAVE_RINGS):
                reach = radius * (WAVE_RINGS - ring) // WAVE_RINGS
                box = (centre_x - reach, centre_y - reach, centre_x + reach, centre_y + reach)
                draw.ellipse(box, fill=0, outline=255, width=line)
    return mask.resize(size, Image.Resampling.LANCZOS)
