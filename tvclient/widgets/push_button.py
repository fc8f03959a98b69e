"""A button with an icon and a few words."""

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.sheet import Sheet

ICON_GAP = 14


class PushButton(Sheet):
    """`rect` is the place at rest; with the focus it turns into paper and rises by 4 px."""

    REPAINT_ON = ("text", "icon", "role", "primary", "quiet", "focused", "pressed", "enabled")
    text = StringProperty("")
    icon = StringProperty("")
    role = ObjectProperty(theme.BODY_BOLD)
    primary = BooleanProperty(False)
    quiet = BooleanProperty(False)
    focused = BooleanProperty(False)
    pressed = BooleanProperty(False)
    enabled = BooleanProperty(True)

    @property
    def icon_px(self) -> int:
        """Icons are a little larger than the words beside them."""
        return {32: 36, 36: 40}.get(self.role.size_px, 44)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        y = -theme.LIFT if self.focused and not self.pressed else 0
        if self.enabled:
            brush.box(0, y, width, height, self._fill(), theme.RADIUS_CARD)
        else:
            brush.outline(0, y, width, height, theme.KEY_LINE, theme.RADIUS_CARD, 2)
        words = Writing(self.role.as_bold(self.enabled), self._ink())
        group_w = text_width(self.text, words.role) + (self.icon_px + ICON_GAP if self.icon else 0)
        x = max(0, (width - group_w) // 2)
        if self.icon:
            icon_colour = theme.VERM_FILL if self.focused else words.colour
            brush.icon(x, y + (height - self.icon_px) // 2, self.icon_px, self.icon, icon_colour)
            x += self.icon_px + ICON_GAP
        brush.text(x, y, width - x, height, self.text, words)

    def _fill(self) -> theme.Rgba:
        if self.pressed:
            return theme.FOCUS_PRESSED
        if self.focused:
            return theme.FOCUS
        if self.quiet:
            return theme.INK1
        return theme.VERM_FILL if self.primary else theme.INK2

    def _ink(self) -> theme.Rgba:
        if not self.enabled:
            return theme.PAPER3
        if self.focused:
            return theme.FOCUS_TEXT
        return theme.WHITE if self.primary else theme.PAPER
