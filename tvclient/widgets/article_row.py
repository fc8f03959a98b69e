"""An article on a list: its title in large letters, one line about it, and whether it is on the box."""

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.theme import Type
from tvclient.widgets.brush import Brush, Writing, fits, text_width
from tvclient.widgets.glyphs import glyphs
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet
from tvclient.widgets.tile import TileLook

SIZE, PITCH = (1376, 144), 160
PAD, BADGE_ICON, BADGE_GAP = 32, 36, 8
SETTINGS: tuple[tuple[Type, int, int, int], ...] = (
    (theme.SUBTITLE, 20, 60, 88),
    (theme.ROW_TITLE, 8, 46, 102),
    (theme.META_BOLD, 0, 36, 108),
)
"""For one, two and three lines of title: role, top, pitch, and the top of the line about it."""


class ArticleRow(Sheet):
    """`rect` is the place at rest, 1376×144; with the focus it turns into paper and rises by 4 px."""

    REPAINT_ON = ("look", "focused")
    look = ObjectProperty(None, allownone=True)
    """A TileLook; one without an emblem is still to come."""
    focused = BooleanProperty(False)
    hurried = BooleanProperty(False)

    @property
    def grown_rect(self) -> tuple[float, float, float, float]:
        """Where it is with the focus, in its parent."""
        x, y, width, height = self.rect
        return (x, y - theme.LIFT, width, height)

    def paint(self, brush: Brush) -> None:
        look: TileLook | None = self.look
        if look is None:
            return
        y = -theme.LIFT if self.focused else 0
        fill = theme.FOCUS if self.focused else theme.INK1
        paint_plate(brush, (0, y, *SIZE), fill, spined=self.focused)
        right = SIZE[0] - PAD
        if look.badge is not None:
            right = self._paint_badge(brush, y, *look.badge)
        self._paint_words(brush, y, right - PAD, look)

    def _paint_badge(self, brush: Brush, y: int, icon: str, words: str) -> int:
        """Returns where the room left of it ends."""
        fill, ink = (theme.VERM_FILL, theme.FOCUS_TEXT) if self.focused else (theme.GREEN, theme.GREEN)
        words_w = text_width(words, theme.META)
        left = SIZE[0] - PAD - words_w - BADGE_GAP - BADGE_ICON
        brush.icon(left, y + (SIZE[1] - BADGE_ICON) // 2, BADGE_ICON, icon, fill)
        brush.text(left + BADGE_ICON + BADGE_GAP, y, words_w, SIZE[1], words, Writing(theme.META, ink))
        return left - PAD

    def _paint_words(self, brush: Brush, y: int, room: int, look: TileLook) -> None:
        fitting = (n for n, held in enumerate(SETTINGS, start=1) if fits(look.title, held[0], room, n))
        count = next(fitting, len(SETTINGS))
        role, top, pitch, meta_top = SETTINGS[count - 1]
        ink = theme.FOCUS_TEXT if self.focused else theme.PAPER
        lines = glyphs().lines(look.title, role, room, count)
        spare = (count - len(lines)) * pitch // 2
        for number, line in enumerate(lines):
            brush.text(PAD, y + top + spare + number * pitch, room, pitch, line, Writing(role, ink))
        meta = Writing(theme.META, theme.FOCUS_TEXT2 if self.focused else theme.PAPER3)
        brush.text(PAD, y + meta_top - spare, room, theme.META.line_px, look.meta, meta)
