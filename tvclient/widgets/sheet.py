"""A part that is painted as a whole whenever what it shows has changed."""

from typing import Any, ClassVar

from kivy.clock import Clock

from tvclient.widgets.brush import Brush
from tvclient.widgets.part import Part


class Sheet(Part):
    """Subclasses draw in `paint`; a change of a property in `REPAINT_ON` or of the size paints anew,
    once a frame at most."""

    REPAINT_ON: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **given: Any) -> None:
        self._brush = Brush()
        self._soon = Clock.create_trigger(self._paint_now, -1)
        self._painted_size = (0.0, 0.0)
        super().__init__(**given)
        self.canvas.add(self._brush.group)
        for name in self.REPAINT_ON:
            self.fbind(name, self.repaint)
        self.repaint()

    def paint(self, brush: Brush) -> None:
        """Draw everything, from an empty group on."""
        raise NotImplementedError

    def repaint(self, *_: object) -> None:
        """Paint before the next frame."""
        self._soon()

    def on_rect(self, *_: object) -> None:
        super().on_rect()
        if (self.rect[2], self.rect[3]) != self._painted_size:
            self.repaint()

    def _paint_now(self, *_: object) -> None:
        self._painted_size = (self.rect[2], self.rect[3])
        self._brush.clear()
        self.paint(self._brush)
