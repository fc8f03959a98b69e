"""How loud it is, for a moment after a volume key: speaker, steps, number."""

from kivy.properties import ObjectProperty

from tvclient import theme
from tvclient.remote.rect import Rect
from tvclient.state.volume import LOUDEST, STEP, Volume
from tvclient.theme import Rgba
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet
from tvclient.words import _

PLACE = Rect(1232, 48, 592, 80)
"""Top right: notices and channel numbers lie at the left, everything else of the player below; on home the
month's hours end before it. Of a player's bar at the top it covers the first line, and that whole."""
ICON_X, ICON_Y, ICON_PX = 28, 12, 56
STEPS = LOUDEST // STEP
BAR_X, PITCH, BLOCK_W, BLOCK_H = 112, 17, 11, 44
FIGURE_X, FIGURE_W = 448, 120
EDGE = 2


class VolumePanel(Sheet):
    """Lies at PLACE. Without rounded corners: over a video its rectangle is cut out of the picture."""

    REPAINT_ON = ("volume",)
    volume = ObjectProperty(Volume())

    def paint(self, brush: Brush) -> None:
        volume: Volume = self.volume
        colour = theme.VERM_TEXT if volume.muted else theme.PAPER
        brush.box(0, 0, PLACE.w, PLACE.h, theme.KEY_LINE)
        brush.box(EDGE, EDGE, PLACE.w - 2 * EDGE, PLACE.h - 2 * EDGE, theme.INK0)
        brush.icon(ICON_X, ICON_Y, ICON_PX, "volume" if volume.loudness else "volume_off", colour)
        self._steps(brush, volume.level // STEP, theme.KEY_LINE if volume.muted else theme.GOLD)
        words = _("静音") if volume.muted else str(volume.level)
        brush.text(FIGURE_X, 0, FIGURE_W, PLACE.h, words, Writing(theme.FIGURE_L, colour, "right"))

    def _steps(self, brush: Brush, lit: int, colour: Rgba) -> None:
        for step in range(STEPS):
            fill = colour if step < lit else theme.INK2
            brush.box(BAR_X + step * PITCH, (PLACE.h - BLOCK_H) // 2, BLOCK_W, BLOCK_H, fill, 4)
