"""One of the drawn icons, tinted."""

from kivy.properties import ListProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush
from tvclient.widgets.sheet import Sheet


class Icon(Sheet):
    """`icon` is a name of the atlas, or "" for nothing."""

    REPAINT_ON = ("icon", "colour")
    icon = StringProperty("")
    colour = ListProperty(theme.PAPER)

    def paint(self, brush: Brush) -> None:
        if self.icon:
            brush.icon(0, 0, self.rect[2], self.icon, tuple(self.colour))
