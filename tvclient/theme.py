"""Colours, type, sizes and times of the television's screens, as in the design tokens (1920×1080 px)."""

from dataclasses import dataclass, replace
from typing import Final

Rgba = tuple[float, float, float, float]

DESIGN_W: Final = 1920
DESIGN_H: Final = 1080


def rgba(hex_colour: str, alpha: float = 1.0) -> Rgba:
    """`#RRGGBB` as four numbers from 0 to 1."""
    red, green, blue = (int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return (red, green, blue, alpha)


# Palette
INK0: Final = rgba("#0E1217")
INK1: Final = rgba("#191F26")
INK2: Final = rgba("#242B34")
INK3: Final = rgba("#3A434E")
PAPER: Final = rgba("#F6F1E6")
PAPER2: Final = rgba("#D8D3C8")
PAPER3: Final = rgba("#BDB9AF")
FOCUS: Final = rgba("#FFF8E8")
FOCUS_TEXT: Final = rgba("#0E1217")
FOCUS_TEXT2: Final = rgba("#4A4436")
FOCUS_PRESSED: Final = rgba("#E9DDBF")
VERM: Final = rgba("#E4502E")
VERM_FILL: Final = rgba("#A5281A")
VERM_TEXT: Final = rgba("#FF9E86")
GOLD: Final = rgba("#E9BC55")
GOLD_DIM: Final = rgba("#B8923F")
GOLD_INK: Final = rgba("#1D1606")
GREEN: Final = rgba("#74D6A4")
CARD_LINE: Final = rgba("#2A323B")
KEY_LINE: Final = rgba("#5A6470")
CELL_LINE: Final = rgba("#6A7480")
FIELD_LINE: Final = rgba("#8A9099")
WHITE: Final = rgba("#FFFFFF")
CLEAR: Final = rgba("#000000", 0.0)

# Covers that are missing: the tint of the category under a book.
TINTS: Final = {
    "党的建设": rgba("#4A2A24"),
    "实用技术": rgba("#2C4030"),
    "典型经验": rgba("#45391F"),
    "文化建设": rgba("#3A2A44"),
    "社会建设": rgba("#24384A"),
    "生活指南": rgba("#1F4140"),
}
TINT_OTHER: Final = INK2
TINT_BOOK: Final = rgba("#EBCFA6")


@dataclass(frozen=True, slots=True)
class Type:
    """One type role: size and line height in px, Regular or Bold."""

    size_px: int
    line_px: int
    bold: bool = False

    def as_bold(self, bold: bool = True) -> "Type":
        """The same role in the other weight."""
        return replace(self, bold=bold)


HERO: Final = Type(144, 168, True)
HEAD_COUNT: Final = Type(136, 152, True)
BRAND: Final = Type(96, 120, True)
FIGURE_XL: Final = Type(72, 88, True)
TITLE_L: Final = Type(64, 80, True)
NAME_L: Final = Type(56, 72, True)
TITLE: Final = Type(52, 72, True)
TITLE_TWO_LINES: Final = Type(44, 52, True)
FIGURE_L: Final = Type(48, 64, True)
FIGURE: Final = Type(44, 64, True)
SUBTITLE: Final = Type(40, 64, True)
ROW_TITLE: Final = Type(36, 40, True)
BODY: Final = Type(32, 44)
BODY_BOLD: Final = Type(32, 44, True)
READING: Final = Type(32, 52)
ARTICLE: Final = Type(44, 76)
ARTICLE_LARGE: Final = Type(60, 100)
HINT: Final = Type(28, 44)
META: Final = Type(28, 36)
META_BOLD: Final = Type(28, 36, True)
TAGLINE: Final = Type(44, 60)
# Large mode: nothing is smaller than 40 px
CLOCK_LARGE: Final = Type(72, 88, True)
FIGURE_LARGE: Final = Type(60, 84, True)
LABEL_LARGE: Final = Type(40, 80)
TEXT_LARGE: Final = Type(44, 56)
# A line box puts Chinese glyphs this part of the size too low; every text is moved up by it.
TEXT_RISE_EM: Final = 0.055

# Space, radii, lines
SAFE_X: Final = 96
CONTENT_W: Final = DESIGN_W - 2 * SAFE_X
ROW_PITCH: Final = 376
RADIUS_TILE: Final = 12
RADIUS_CARD: Final = 16
RADIUS_BOOT_CARD: Final = 24
RADIUS_BADGE: Final = 8
SPINE: Final = 8

# Focus: ring of 6 px with a gap of 4 px outside the object
RING_W: Final = 6
RING_GAP: Final = 4
RING_OUT: Final = RING_W + RING_GAP
LIFT: Final = 4
TILE_LIFT: Final = 12

# Parts
TILE: Final = (320, 276)
TILE_FOCUSED: Final = (336, 289)
POSTER: Final = (320, 180)
POSTER_FOCUSED: Final = (336, 189)
TILE_PITCH: Final = 352
LARGE_TILE: Final = (544, 328)
LARGE_TILE_FOCUSED: Final = (560, 339)
LARGE_PLATE_H: Final = 88
CHIP_H: Final = 56
TAB_H: Final = 72
EPISODE_ROW: Final = (848, 80)

# Motion, ms
