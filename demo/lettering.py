"""What is laid over a clip's picture: the panel with its names, the bead on its rail, and paper grain."""

from PIL import Image, ImageChops, ImageDraw

from demo.artwork import INK, PAPER, PAPER_DIM, SEAL, VERMILION, Size, font
from demo.catalogue import Clip

PANEL_HEIGHT_PX = 248
RAIL_PX = 6
BEAD_PX = 34
MARGIN_PX = 96
SEAL_PX = 112
GAP_PX = 36
COUNTER_ROOM_PX = 420
TITLE_SIZES_PX = (64, 56, 48)
LINE_SIZE_PX = 36
PANEL_OPACITY = 232
GRAIN_SIGMA = 5.0


def draw_panel(clip: Clip, frame: Size) -> Image.Image:
    """The lower part of the frame, RGBA: seal, title, category with subtitle; the right end stays free."""
    panel = Image.new("RGBA", (frame[0], PANEL_HEIGHT_PX), (*INK, PANEL_OPACITY))
    draw = ImageDraw.Draw(panel)
    draw.rectangle((0, 0, frame[0], RAIL_PX - 1), fill=(*VERMILION, 255))
    with Image.open(SEAL) as seal:
        small = seal.convert("RGBA").resize((SEAL_PX, SEAL_PX), Image.Resampling.LANCZOS)
    panel.alpha_composite(small, (MARGIN_PX, (PANEL_HEIGHT_PX + RAIL_PX - SEAL_PX) // 2))
    left = MARGIN_PX + SEAL_PX + GAP_PX
    room = frame[0] - left - MARGIN_PX - COUNTER_ROOM_PX
    line = "·".join(part for part in (clip.category, clip.subtitle) if part)
    title_px = next(
        (size for size in TITLE_SIZES_PX if font("Bold", size).getlength(clip.title) <= room), None
    )
    title_face = font("Bold", title_px or TITLE_SIZES_PX[-1])
    draw.text((left, 108), clip.title, font=title_face, fill=PAPER, anchor="lm")
    draw.text((left, 182), line, font=font("Regular", LINE_SIZE_PX), fill=PAPER_DIM, anchor="lm")
    return panel


def draw_bead() -> Image.Image:
    """A small round paper bead with a vermilion rim, RGBA."""
    large = Image.new("RGBA", (BEAD_PX * 4, BEAD_PX * 4))
    draw = ImageDraw.Draw(large)
    draw.ellipse((0, 0, BEAD_PX * 4 - 1, BEAD_PX * 4 - 1), fill=(*VERMILION, 255))
    draw.ellipse((20, 20, BEAD_PX * 4 - 21, BEAD_PX * 4 - 21), fill=(*PAPER, 255))
    return large.resize((BEAD_PX, BEAD_PX), Image.Resampling.LANCZOS)


def with_grain(picture: Image.Image) -> Image.Image:
    """The picture with paper grain: a flat drawing then costs a decoder about what a filmed course does."""
    grain = Image.effect_noise(picture.size, GRAIN_SIGMA)
    return ImageChops.add(picture, Image.merge("RGB", (grain, grain, grain)), scale=1, offset=-128)
