"""One rectangle of the screen in design coordinates: origin at the top left, y downwards."""

from typing import Any

from kivy.graphics import PopMatrix, PushMatrix, Translate
from kivy.properties import BooleanProperty, ListProperty
from kivy.uix.widget import Widget

# Hidden parts are moved this far out of the picture: nothing is filled, nothing is rebuilt.
AWAY_PX = 20_000


class Part(Widget):  # type: ignore[misc]  # Kivy ships no types; every widget of ours comes from here
    """A widget placed by `rect` = [x, y, w, h] px inside its parent; it draws from its own 0, 0 on.

    Moving a part changes one matrix only: nothing inside is laid out or drawn anew. The root turns the y
    axis, so canvas instructions inside a part count y downwards too, and textures that come from Kivy
    have to be turned once (`texture.flip_vertical()`).
    """

    rect = ListProperty([0, 0, 0, 0])
    shown = BooleanProperty(True)

    def __init__(self, **given: Any) -> None:
        self._matrix = Translate(0, 0, 0)
        super().__init__(**given)
        self.canvas.before.insert(0, PushMatrix())
        self.canvas.before.insert(1, self._matrix)
        self.canvas.after.add(PopMatrix())
        self._move()

    def on_rect(self, *_: object) -> None:
        self._move()

    def on_shown(self, *_: object) -> None:
        self._move()

    def _move(self) -> None:
        x, y = self.rect[0], self.rect[1]
        self._matrix.xyz = (x if self.shown else x + AWAY_PX, y, 0)
