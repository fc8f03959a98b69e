"""Where a seek will lead: the time, over it a small picture of that moment if the course has them."""

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from tvclient import theme
from tvclient.remote.rect import Rect
from tvclient.state.bar_state import pixels
from tvclient.theme import SAFE_X
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet

PICTURE_W, PICTURE_H = 384, 216
PAD, EDGE = 8, 2
TIME_W, TIME_H = 208, 60
FROM_BAR = 16


class SeekPanel(Sheet):
    """Lies at `seek_panel_place`. While `pictured` without a `texture`, the picture is on its way.

    Without rounded corners: over a video its rectangle is cut out of the picture.
    """

    REPAINT_ON = ("time", "pictured", "texture")
    time = StringProperty("")
    pictured = BooleanProperty(False)
    texture = ObjectProperty(None, allownone=True)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        brush.box(0, 0, width, height, theme.KEY_LINE)
        brush.box(EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE, theme.INK0)
        if self.texture is not None:
            brush.picture(PAD, PAD, PICTURE_W, PICTURE_H, self.texture)
        elif self.pictured:
            brush.box(PAD, PAD, PICTURE_W, PICTURE_H, theme.INK2)
        time = Writing(theme.FIGURE, theme.PAPER, "center")
        brush.text(0, height - EDGE - TIME_H, width, TIME_H, self.time, time)


def seek_panel_place(playhead: float, track: Rect, bar: Rect, pictured: bool) -> Rect:
    """At the playhead, a share of the track, but never nearer to the screen's edges than anything else.

    ```
              ┌─────────┐
              │ picture │
              │  16:05  │
              └─────────┘      FROM_BAR px of film
          bar ──────────────────────────
         track ━━━━━━█━━━━━━━━
    ```
    Under a bar that lies at the top of the screen.
    """
    w = PICTURE_W + 2 * PAD if pictured else TIME_W
    h = PAD + PICTURE_H + TIME_H + EDGE if pictured else TIME_H + 2 * EDGE
    left = track.x + pixels(playhead, track.w) - w // 2
    top = bar.bottom + FROM_BAR if bar.y == 0 else bar.y - FROM_BAR - h
    last = theme.DESIGN_W - SAFE_X - w
    return Rect(min(max(SAFE_X, left), last), top, w, h)
