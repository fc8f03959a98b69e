"""What has the focus in the guide: the channel's number, the whole title, when, and what it is about."""

from dataclasses import dataclass

from kivy.properties import ObjectProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.chip import Mark, paint_mark
from tvclient.widgets.sheet import Sheet
from tvclient.words import _

SIZE = (1728, 248)
PLATE = (432, 243)
NUMBER_Y, NUMBER_H, WORDS_Y = 52, 160, 200
TEXT_X, MARK_Y = 480, 188
BADGE_X, BADGE_H = 16, 44
DOT = 12


@dataclass(frozen=True, slots=True)
class InfoLook:
    """`number` is large, in vermilion while it `is_dialled`; below it the channel's `group`."""

    number: str
    group: str
    title: str
    meta: str
    about: str
    is_on: bool
    is_dialled: bool = False
    mark: Mark | None = None


class GuideInfo(Sheet):
    """1728×248, the plate of the channel on its left."""

    REPAINT_ON = ("look",)
    look = ObjectProperty(None, allownone=True)

    def paint(self, brush: Brush) -> None:
        look: InfoLook | None = self.look
        if look is None:
            return
        self._paint_plate(brush, look)
        room = SIZE[0] - TEXT_X
        if text_width(look.title, theme.TITLE) <= room:
            brush.text(TEXT_X, 0, room, 72, look.title, Writing(theme.TITLE))
            y = 80
        else:
            brush.text(TEXT_X, -10, room, 104, look.title, Writing(theme.TITLE_TWO_LINES, lines=2))
            y = 96
        brush.text(TEXT_X, y, room, 44, look.meta, Writing(theme.BODY, theme.PAPER2))
        brush.text(TEXT_X, y + 48, room, 44, look.about, Writing(theme.BODY, theme.PAPER3))
        if look.mark is not None:
            paint_mark(brush, TEXT_X, MARK_Y, look.mark)

    def _paint_plate(self, brush: Brush, look: InfoLook) -> None:
        width, height = PLATE
        brush.box(0, 4, width, height, theme.TINT_OTHER, theme.RADIUS_TILE)
        ink = theme.VERM_TEXT if look.is_dialled else theme.PAPER
        brush.text(0, NUMBER_Y, width, NUMBER_H, look.number, Writing(theme.HERO, ink, "center"))
        if not look.is_dialled:
            words = Writing(theme.META, theme.PAPER3, "center")
            brush.text(16, WORDS_Y, width - 32, 44, look.group, words)
        if look.is_on and not look.is_dialled:
            badge = _("直播中")
            badge_w = 16 + DOT + 12 + text_width(badge, theme.META_BOLD) + 16
            brush.box(BADGE_X, 4 + BADGE_X, badge_w, BADGE_H, theme.INK0, theme.RADIUS_BADGE)
            dot_y = 4 + BADGE_X + (BADGE_H - DOT) // 2
            brush.box(BADGE_X + 16, dot_y, DOT, DOT, theme.GREEN, DOT // 2)
            words = Writing(theme.META_BOLD, theme.GREEN)
            brush.text(BADGE_X + 16 + DOT + 12, 4 + BADGE_X, badge_w, BADGE_H, badge, words)
