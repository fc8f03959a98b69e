"""A card over the lower part of the picture: a question or a message, with two buttons."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from tvclient import theme
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.remote.rect import Rect
from tvclient.widgets.ask_look import NOTHING
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.part import Part
from tvclient.widgets.sheet import Sheet

PLACE = Rect(0, 664, 1920, 416)
FIRST, SECOND = "card:first", "card:second"


class StudiedFoot(Sheet):
    """有效学习 12:30·已计入学时, with the figure in bold, ending at the right edge; gold once it counts."""

    REPAINT_ON = ("label", "figure", "words", "counted")
    label = StringProperty("")
    figure = StringProperty("")
    words = StringProperty("")
    counted = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        colour = theme.GOLD if self.counted else theme.PAPER2
        pieces = (
            (f"{self.label} ", theme.BODY),
            (self.figure, theme.BODY_BOLD),
            (f"·{self.words}" if self.words else "", theme.BODY),
        )
        x = self.rect[2] - sum(text_width(text, role) for text, role in pieces if text)
        for text, role in pieces:
            if text.strip():
                width = text_width(text, role)
                brush.text(x, 0, width + 1, self.rect[3], text, Writing(role, colour))
                x += width


class AskCard(Part):
    """Lies at PLACE; the focus is on FIRST or SECOND."""

    look = ObjectProperty(NOTHING, rebind=True)

    def focus_tree(self) -> Group:
        """Two buttons, one above the other."""
        return Group("card", Kind.COLUMN, (Leaf(FIRST), Leaf(SECOND)))

    def draw_focus(self, focus_id: str | None) -> None:
        """Turn the button with the focus into paper."""
        for name, button_id in (("first", FIRST), ("second", SECOND)):
            button = self.ids[name]
            button.focused = focus_id == button_id
            if button.focused:
                x, y, w, h = button.rect
                self.ids.ring.surround(x, y - theme.LIFT, w, h, theme.RADIUS_CARD)


Builder.load_file(str(Path(__file__).with_suffix(".kv")))
