"""The length of a course: what was seen in gold, the mark from which it counts, the playhead."""

from kivy.properties import ListProperty, NumericProperty, ObjectProperty

from tvclient import theme
from tvclient.state.bar_state import pixels
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet

TRACK_Y, TRACK_H = 14, 16
TICK_Y, TICK_W, TICK_H = 2, 4, 40
LABEL_Y, LABEL_W, LABEL_H = 46, 320, 40
HEAD_W, HEAD_H, HEAD_LINE = 16, 44, 2
THINNEST = 2


class CoveredBar(Sheet):
    """`seen` are stretches and `tick`, `playhead` places, 0–1 of the width; None draws none.

    The playhead stands out half its width at both ends; the label of the tick hangs below it.
    """

    REPAINT_ON = ("seen", "tick", "tick_label", "playhead")
    seen = ListProperty([])
    tick = ObjectProperty(None, allownone=True)
    tick_label = ObjectProperty("")
    playhead = ObjectProperty(None, allownone=True)
    radius_px = NumericProperty(TRACK_H // 2)

    def paint(self, brush: Brush) -> None:
        width = int(self.rect[2])
        brush.box(0, TRACK_Y, width, TRACK_H, theme.INK3, TRACK_H // 2)
        for start, end in self.seen:
            self._stretch(brush, pixels(start, width), pixels(end, width))
        if self.tick is not None:
            self._tick(brush, pixels(self.tick, width))
        if self.playhead is not None:
            self._head(brush, pixels(self.playhead, width))

    def _stretch(self, brush: Brush, left: int, right: int) -> None:
        # Only a stretch from the very beginning follows the round end of the track.
        wide = max(THINNEST, right - left)
        radius = min(TRACK_H // 2 if left == 0 else 4, wide // 2)
        brush.box(left, TRACK_Y, wide, TRACK_H, theme.GOLD, radius)

    def _tick(self, brush: Brush, x: int) -> None:
        brush.box(x - TICK_W // 2, TICK_Y, TICK_W, TICK_H, theme.PAPER, TICK_W // 2)
        label = Writing(theme.META, theme.PAPER2, "center")
        brush.text(x - LABEL_W // 2, LABEL_Y, LABEL_W, LABEL_H, self.tick_label, label)

    def _head(self, brush: Brush, x: int) -> None:
        left = x - HEAD_W // 2
        outside, inside = HEAD_W // 2, HEAD_W // 2 - HEAD_LINE
        brush.box(left, 0, HEAD_W, HEAD_H, theme.INK0, outside)
        brush.box(
            left + HEAD_LINE, HEAD_LINE, HEAD_W - 2 * HEAD_LINE, HEAD_H - 2 * HEAD_LINE, theme.FOCUS, inside
        )
