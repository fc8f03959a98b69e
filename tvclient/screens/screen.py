"""The contract of a screen: what it shows as a focus tree, and what keys do on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kivy.graphics import Color, Rectangle

from tvclient import theme
from tvclient.widgets.icons import background_texture
from tvclient.widgets.part import Part

if TYPE_CHECKING:
    from tvclient.remote.key_queue import KeyEvent
    from tvclient.remote.node import Group
    from tvclient.screens.services import Services


class Screen(Part):
    """A whole picture of 1920×1080 px. All methods are called on the drawing thread.

    The shell asks `focus_tree` after `enter` and whenever the screen says `navigate.changed()`; the focus
    itself belongs to the shell, a screen only draws it. A key goes to `on_key` first, then into the focus
    model; OK arrives as `on_ok(id)`, Back as `back()`.
    """

    name: ClassVar[str]
    default_focus: ClassVar[str | None] = None
    background: ClassVar[str | None] = "bg_plain.png"
    shows_state: ClassVar[bool] = True
    """Whether the box's state is asked for every few seconds; where a film covers it, that is spared."""

    def __init__(self, services: Services) -> None:
        self.services = services
        super().__init__(rect=[0, 0, theme.DESIGN_W, theme.DESIGN_H])
        if self.background is not None:
            self.canvas.before.add(Color(1, 1, 1, 1))
            texture = background_texture(self.background)
            for x in range(0, theme.DESIGN_W, texture.width):
                size = (texture.width, theme.DESIGN_H)
                self.canvas.before.add(Rectangle(texture=texture, pos=(x, 0), size=size))

    def focus_tree(self) -> Group:
        """What can have the focus now, by stable ids such as `row:continue/course:42`."""
        raise NotImplementedError

    def draw_focus(self, focus_id: str | None) -> None:
        """Show `focus_id` as focused and everything else at rest; scroll it into view."""
        raise NotImplementedError

    def on_key(self, event: KeyEvent) -> bool:
        """A key before the focus model sees it; True when it was used. A volume key has done its work
        already; it comes as a sign that somebody is there."""
        return False

    def take_text(self, text: str) -> bool:
        """A text from a phone takes the place of what is typed; False where none is expected."""
        return False

    def on_rest(self) -> None:
        """No key is held any more, and every press has been acted on."""

    def on_ok(self, focus_id: str) -> None:
        """OK on `focus_id`."""

    def back(self) -> bool:
        """Back: close the top-most thing of this screen and say True; False leaves the screen."""
        return False

    def takes(self, name: str, params: Mapping[str, object]) -> bool:
        """A screen above this one is about to open the screen `name`. True where this one takes what was
        chosen in its stead: it comes back into sight, and what lies above it is left."""
        return False

    def start_focus(self) -> str | None:
        """Where the Home key leads to when this is home and in sight already."""
        return self.default_focus

    def scroll(self) -> Mapping[str, int]:
        """How far the screen and its rows are scrolled, px by container id."""
        return {}

    def status_changed(self) -> None:
        """The box's state (`services.status`) or the minute of the clock is another one now."""

    def standby(self) -> None:
        """The set in front of which people sat was switched off."""

    def enter(self) -> None:
        """The screen is shown, for the first time or again: load or refresh what it shows."""

    def leave(self) -> None:
        """The screen is covered or closed: stop what only a visible screen needs."""
