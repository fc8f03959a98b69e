"""A texture that fills its box."""

from kivy.properties import ObjectProperty

from tvclient.widgets.brush import Brush
from tvclient.widgets.sheet import Sheet


class Picture(Sheet):
    """`texture` None shows nothing."""

    REPAINT_ON = ("texture",)
    texture = ObjectProperty(None, allownone=True)

    def paint(self, brush: Brush) -> None:
        if self.texture is not None:
            brush.picture(0, 0, self.rect[2], self.rect[3], self.texture)
