"""Moves between screens: which is in sight, where its focus is, how the ones below were left."""

import logging
from collections.abc import Callable, Mapping

from tvclient.remote.focus import Focus
from tvclient.remote.key import Key
from tvclient.remote.node import Group
from tvclient.remote.screen_stack import ScreenEntry, ScreenStack
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.widgets.part import Part

log = logging.getLogger(__name__)

HOME = "home"
Maker = Callable[..., Screen]
Told = Callable[[str, str | None], None]
"""Told the screen in sight and its focus whenever they are drawn."""


class Navigator:
    """Implements Navigate. The stack knows order, focus and scroll; the screens themselves stay alive
    below, so that Back shows them at once."""

    def __init__(
        self,
        make_home: Callable[[Services], Screen],
        maker: Callable[[str], Maker | None],
        stage: Part,
        told: Told,
        leave: Callable[[], None],
    ) -> None:
        self._make_home = make_home
        self._maker = maker
        self._stage = stage
        self._told = told
        self._leave = leave
        self._services: Services | None = None
        self._stack = ScreenStack(ScreenEntry(HOME))
        self._screens: list[Screen] = []
        self._focus: Focus | None = None

    def start(self, services: Services) -> None:
        """Open home; to be called once, before anything else."""
        self._services = services
        self._screens.append(self._make_home(services))
        self._come_in()

    def stop(self) -> None:
        """Leave the screen in sight; those below were left when they were covered."""
        if self._screens:
            self.screen.leave()
            self._screens.clear()

    @property
    def screen(self) -> Screen:
        """The screen in sight."""
        return self._screens[-1]

    @property
    def focused(self) -> str | None:
        return self._focus.current if self._focus else None

    def press(self, key: Key) -> bool:
        """One arrow; True if the focus moved."""
        if self._focus is None or not self._focus.press(key).moved:
            return False
        self._draw_focus()
        return True

    def show(self, name: str, **params: object) -> None:
        for place in range(len(self._screens) - 2, 0, -1):
            if self._screens[place].takes(name, params):
                self._back_to(place)
                return
        maker = self._known(name)
        if maker is None:
            return
        screen = maker(self._services, **params)  # if it fails, the present one stays
        self._go_out()
        self._stack.push(_entry(name, params))
        self._screens.append(screen)
        self._come_in()

    def replace(self, name: str, **params: object) -> None:
        maker = self._known(name)
        if maker is None:
            return
        screen = maker(self._services, **params)
        self.screen.leave()
        self._stack.replace(_entry(name, params))
        self._screens[-1] = screen
        self._come_in()

    def back(self) -> None:
        if len(self._screens) > 1:
            self._screens.pop().leave()
            self._stack.pop()
            self._come_in()

    def lies_below(self, name: str) -> bool:
        return any(screen.name == name for screen in self._screens[:-1])

    def home(self) -> None:
        """At home already: to the beginning of it."""
        if len(self._screens) > 1:
            self.screen.leave()
            del self._screens[1:]
            self._stack.pop_to_first()
            self._come_in()
        else:
            self.focus(self.screen.start_focus() or HOME)

    def start_over(self) -> None:
        if self._services is None:
            return
        self.screen.leave()
        self._screens[:] = [self._make_home(self._services)]
        self._stack = ScreenStack(ScreenEntry(HOME))
        self._come_in()

    def changed(self, focus_id: str | None = None) -> None:
        if self._focus is not None:
            self._focus.reconcile(self.screen.focus_tree())
            if focus_id is not None:
                self._focus.focus(focus_id)
            self._draw_focus()

    def focus(self, focus_id: str) -> None:
        if self._focus is not None and self._focus.focus(focus_id):
            self._draw_focus()

    def open_modal(self, group: Group, default: str | None = None) -> None:
        if self._focus is not None:
            self._focus.push_modal(group, default)
            self._draw_focus()

    def close_modal(self) -> None:
        if self._focus is not None and self._focus.pop_modal():
            self._draw_focus()

    def leave_program(self) -> None:
        self._leave()

    def _back_to(self, place: int) -> None:
        self.screen.leave()
        while len(self._screens) > place + 1:
            self._screens.pop()
            self._stack.pop()
        self._come_in()

    def _known(self, name: str) -> Maker | None:
        maker = self._maker(name)
        if maker is None:
            log.error("没有名为 %s 的画面，按键不起作用。", name)
        return maker

    def _go_out(self) -> None:
        if self._focus is not None:
            self._stack.keep(self._focus.memory(), self.screen.scroll())
        self.screen.leave()

    def _come_in(self) -> None:
        screen = self.screen
        self._focus = Focus(screen.focus_tree(), screen.default_focus)
        memory = self._stack.top.memory
        if memory is not None:
            self._focus.restore(memory)
        self._stage.clear_widgets()
        self._stage.add_widget(screen)
        screen.status_changed()
        self._draw_focus()
        screen.enter()

    def _draw_focus(self) -> None:
        self.screen.draw_focus(self.focused)
        self._told(self.screen.name, self.focused)


def _entry(name: str, params: Mapping[str, object]) -> ScreenEntry:
    return ScreenEntry(name, {key: str(value) for key, value in params.items()})
