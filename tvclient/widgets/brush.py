"""Draws boxes, texts, icons and pictures into one group of canvas instructions, y downwards."""

from dataclasses import dataclass

from kivy.graphics import Color, InstructionGroup, Rectangle
from kivy.graphics.texture import Texture

from tvclient import theme
from tvclient.theme import Rgba, Type
from tvclient.widgets.glyphs import glyphs
from tvclient.widgets.icons import icon_texture
from tvclient.widgets.rounding import ALL, Corners, RoundedBox


@dataclass(frozen=True, slots=True)
class Writing:
    """How a text is set in its box: one line is centred in the height, several start at the top."""

    role: Type = theme.BODY
    colour: Rgba = theme.PAPER
    align: str = "left"
    lines: int = 1


class Brush:
    """All places are px inside the part that the group belongs to."""

    def __init__(self) -> None:
        self.group = InstructionGroup()

    def clear(self) -> None:
        """Begin again with nothing drawn."""
        self.group.clear()

    def box(
        self, x: float, y: float, w: float, h: float, colour: Rgba, radius: int = 0, corners: Corners = ALL
    ) -> None:
        """A filled rectangle, rounded at some or all corners."""
        if radius == 0:
            self.group.add(Color(*colour))
            self.group.add(Rectangle(pos=(x, y), size=(w, h)))
            return
        self._rounded(RoundedBox(radius, corners), x, y, w, h, colour)

    def outline(
        self, x: float, y: float, w: float, h: float, colour: Rgba, radius: int, line_px: int
    ) -> None:
        """A line of `line_px` inside the edge of a rounded rectangle."""
        self._rounded(RoundedBox(radius, ALL, line_px), x, y, w, h, colour)

    def text(self, x: float, y: float, w: float, h: float, text: str, writing: Writing) -> None:
        """A text in a box of fixed size; what does not fit is cut with an ellipsis."""
        role = writing.role
        line_px = h if writing.lines == 1 else role.line_px
        rise = round(theme.TEXT_RISE_EM * role.size_px)
        lines = glyphs().lines(text, role, w, writing.lines)
        if lines:
            self.group.add(Color(*writing.colour))
        for number, line in enumerate(lines):
            texture = glyphs().texture(line, role)
            spare = w - texture.width
            left = {"left": 0, "center": spare // 2, "right": spare}[writing.align]
            top = number * line_px + (line_px - texture.height) // 2 - rise
            self.group.add(Rectangle(texture=texture, pos=(x + left, y + top), size=texture.size))

    def icon(self, x: float, y: float, side: float, name: str, colour: Rgba) -> None:
        """One of the drawn icons."""
        self.group.add(Color(*colour))
        self.group.add(Rectangle(texture=icon_texture(name), pos=(x, y), size=(side, side)))

    def picture(self, x: float, y: float, w: float, h: float, texture: Texture) -> None:
        """A texture in its own colours."""
        self.group.add(Color(1, 1, 1, 1))
        self.group.add(Rectangle(texture=texture, pos=(x, y), size=(w, h)))

    def _rounded(self, box: RoundedBox, x: float, y: float, w: float, h: float, colour: Rgba) -> None:
        box.place(x, y, w, h)
        box.tint(colour)
        self.group.add(box.group)


def text_width(text: str, role: Type) -> int:
    """Width of one line in whole px."""
    return round(glyphs().width(text, role))


def line_count(text: str, role: Type, width_px: float, max_lines: int) -> int:
    """How many lines the text takes in a box of `width_px`."""
    return len(glyphs().lines(text, role, width_px, max_lines))


def fits(text: str, role: Type, width_px: float, lines: int) -> bool:
    """Whether so many lines hold all of the text."""
    return line_count(text, role, width_px, lines + 1) <= lines
