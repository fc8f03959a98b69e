"""The hours above the guide, and what time it is now."""

from kivy.properties import ObjectProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.guide_line import NOW_W
from tvclient.widgets.sheet import Sheet

HEIGHT = 56
MARK_H, MARK_W, TICK_W, TICK_Y, TICK_H, TEXT_GAP = 48, 80, 2, 10, 28, 8
BADGE_W, BADGE_H, BADGE_Y = 112, 40, 4


class GuideHours(Sheet):
    """`marks` are places and words of the half-hours, `now_x` where it is now; the words `now` on a badge."""

    REPAINT_ON = ("marks", "now_x", "now")
    marks = ObjectProperty(())
    now_x = ObjectProperty(None, allownone=True)
    now = StringProperty("")

    def paint(self, brush: Brush) -> None:
        now_x: int | None = self.now_x
        for number, (x, words) in enumerate(self.marks):
            left = x + (TEXT_GAP if number else 0)
            if now_x is not None and abs(now_x - left - MARK_W // 2) < (BADGE_W + MARK_W) // 2:
                continue  # the badge says it more exactly
            if number:
                brush.box(x, TICK_Y, TICK_W, TICK_H, theme.INK3)
            brush.text(left, 0, MARK_W, MARK_H, words, Writing(theme.META, theme.PAPER3))
        if now_x is not None:
            brush.box(now_x - NOW_W // 2, BADGE_Y + BADGE_H, NOW_W, HEIGHT - BADGE_Y - BADGE_H, theme.VERM)
            left = now_x - BADGE_W // 2
            brush.box(left, BADGE_Y, BADGE_W, BADGE_H, theme.VERM_FILL, theme.RADIUS_BADGE)
            badge = Writing(theme.META_BOLD, theme.WHITE, "center")
            brush.text(left, BADGE_Y, BADGE_W, BADGE_H, self.now, badge)
