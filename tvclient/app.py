"""The television as a whole: builds its parts round the window, runs, and stops them in reverse order.

Importing this module opens the window: Kivy reads its configuration from the environment at import, which
`__main__` prepares first.
"""

import importlib
import logging
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from math import ceil
from time import CLOCK_BOOTTIME, clock_gettime_ns
from types import FrameType

from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.config import Config
from kivy.core.window import Keyboard, Window

from study.units import MonotonicMs
from tvclient import theme
from tvclient.afterwards import Afterwards
from tvclient.agent_client.client import AgentClient
from tvclient.background import Background
from tvclient.errors import CannotStart
from tvclient.heap import begin_collection
from tvclient.kept_choices import KeptChoices
from tvclient.key_sources.device import Heard
from tvclient.key_sources.source_codes import KEYBOARD
from tvclient.keymaps import read_keymap
from tvclient.pace import wait_s
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.key_signal import KeySignal, Phase, Standby
from tvclient.screens.bar_words import clock_words
from tvclient.screens.event_file import EventFile
from tvclient.screens.home import Home
from tvclient.screens.home_large import HomeLarge
from tvclient.screens.key_input import KeyInput
from tvclient.screens.large_mode import is_large
from tvclient.screens.navigator import Maker, Navigator
from tvclient.screens.screen import Screen
from tvclient.screens.screen_edge import inset_pct
from tvclient.screens.services import Services
from tvclient.screens.status_feed import POLL_S, StatusFeed
from tvclient.screens.top_layers import TopLayers
from tvclient.sdl import Sdl
from tvclient.settings import Settings
from tvclient.shell import Shell
from tvclient.widgets.covers import Covers
from tvclient.widgets.part import Part
from tvclient.widgets.stage import Stage

log = logging.getLogger(__name__)

NS_PER_MS = 1_000_000
KEY_NAMES = {code: name for name, code in Keyboard.keycodes.items()}
ENROLMENT = "enrolment"
LATER = "tvclient.later_parts"
# Each takes 10 to 40 ms on a quick machine: so long a key may have to wait after home is there. Between two
# of them there is time for what comes from the agent.
LATER_EVERY_S = 0.05
LATER_IMPORTS = (
    "tvclient.box_keys",
    "vlc",
    "Xlib.display",
    "tvclient.studio",
    "tvclient.screens.course",
    "tvclient.screens.player",
    "tvclient.screens.guide",
    "tvclient.screens.search",
    "tvclient.screens.article",
    "tvclient.screens.settings",
    "tvclient.screens.group_study",
    LATER,
)


class BoxClocks:
    """The clock of this machine that can be trusted."""

    def boottime_ms(self) -> MonotonicMs:
        return MonotonicMs(clock_gettime_ns(CLOCK_BOOTTIME) // NS_PER_MS)


class Television:
    """One process's television. `run` returns when the person leaves or SIGTERM comes."""

    def __init__(self, settings: Settings) -> None:
        if Window is None:
            display = os.environ.get("DISPLAY") or "（没有设置 DISPLAY）"
            raise CannotStart(
                f"连不上显示器 {display}，打不开窗口。请在有图形界面的会话里启动，或先设置 DISPLAY。"
            )
        self._settings = settings
        self._clocks = BoxClocks()
        self._events = EventFile(settings.events_file) if settings.events_file else None
        self._noted: tuple[str, str | None] | None = None
        self._stage = Stage()
        self._sdl = Sdl()
        self._background = Background(self._on_next_turn)
        self._choices = KeptChoices(
            settings.data_folder / "choices.json",
            lambda write: self._background.run(write, lambda _written: None),
        )
        self._agent = AgentClient(settings.agent_url, settings.token_file, settings.terminal)
        self._status = StatusFeed(
            self._agent, self._background, self._status_changed, self._clocks.boottime_ms
        )
        screens = Part()
        self._layers = TopLayers(
            self._agent,
            self._background,
            self._choices,
            self._clocks.boottime_ms,
            lambda: clock_words(self._status.now),
            settings.saver_min,
            lambda: self._navigator,
        )
        self._stage.add_widget(screens)
        self._layers.lie_over(self._stage)
        self._navigator = Navigator(self._make_home, self._maker, screens, self._note_focus, self._leave)
        self._later_makers: Mapping[str, Maker] = {}
        self._afterwards = Afterwards(())
        self._turn = Clock.create_trigger(self._handle_one_turn, -1)
        self._keys = KeyInput(
            read_keymap(settings),
            self._navigator,
            self._layers.volume.press,
            self._layers.takes,
            self._clocks.boottime_ms,
            self._wake,
            self._note_key,
        )

    def run(self) -> None:
        """Show the television until it is left."""
        with ExitStack() as parts:
            self._open_window()
            parts.callback(self._choices.write)
            parts.callback(self._background.stop)
            later = parts.enter_context(ExitStack())
            imports = (partial(importlib.import_module, name) for name in LATER_IMPORTS)
            self._afterwards = Afterwards((*imports, partial(self._open_later, later), begin_collection))
            self._navigator.start(self._services())
            parts.callback(self._navigator.stop)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._stop_on_signal)
            runTouchApp(self._stage, embedded=True)
            parts.callback(stopTouchApp)
            self._handle_one_frame()
            log.info("电视已启动：%s×%s，终端 %s。", *Window.size, self._settings.terminal)
            self._background.begin()
            self._watch_state()
            Clock.schedule_interval(lambda _dt: self._afterwards.handle_one(), LATER_EVERY_S)
            while not EventLoop.quit:
                self._sdl.wait(wait_s(Clock))
                self._handle_one_frame()
        log.info("电视已退出。")

    def _handle_one_frame(self) -> None:
        try:
            EventLoop.window.mainloop()  # takes the window's events, once
            EventLoop.idle()
        except Exception:  # one broken turn must not end an evening of study
            log.exception("程序内部出错，这一步没有做完，其余照常运行。")

    def _make_home(self, services: Services) -> Screen:
        return HomeLarge(services) if is_large(self._choices) else Home(services)

    def _maker(self, name: str) -> Maker | None:
        self._afterwards.finish()
        return self._later_makers.get(name)

    def _open_later(self, parts: ExitStack) -> None:
        shell = Shell(
            settings=self._settings,
            agent=self._agent,
            background=self._background,
            choices=self._choices,
            clocks=self._clocks,
            stage=self._stage,
            layers=self._layers,
            keys=self._keys,
            navigator=lambda: self._navigator,
            on_next_turn=self._on_next_turn,
            hear=self._hear,
            refit=self._refit,
            note=self._note,
        )
        self._later_makers = importlib.import_module(LATER).LaterParts(shell, parts).makers()

    def _services(self) -> Services:
        return Services(
            agent=self._agent,
            background=self._background,
            navigate=self._navigator,
            clocks=self._clocks,
            covers=Covers(self._agent, self._background, ceil(Window.height / theme.DESIGN_H)),
            status=self._status,
            settings=self._settings,
            choices=self._choices,
        )

    def _open_window(self) -> None:
        # A television has neither mouse nor touch screen; the providers would only cost time.
        for name, _provider in Config.items("input"):
            Config.remove_option("input", name)
        Window.clearcolor = theme.INK0
        Window.show_cursor = False
        Window.bind(on_key_down=self._key_down, on_key_up=self._key_up, on_resize=self._resized)
        Window.bind(on_draw=self._spares_drawing, on_flip=self._spares_drawing)
        Window.bind(focus=lambda _window, has: None if has else self._keys.lost())
        if self._settings.size_px is None:
            self._fill_the_desktop()
        self._refit()

    def _spares_drawing(self, _window: object) -> bool:
        return self._layers.video is not None and self._layers.video.spares_drawing

    def _fill_the_desktop(self) -> None:
        # First the size, because a kiosk may run without a window manager, who alone makes windows full
        # screen; then the wish, so that one that is there keeps its panels away.
        size_px = self._sdl.desktop_size_px()
        if size_px is not None:
            Window.size = size_px
            Window.left = Window.top = 0
        Window.fullscreen = "auto"

    def _on_next_turn(self, call: Callable[[], None]) -> None:
        Clock.schedule_once(lambda _dt: call(), 0)
        self._sdl.wake()

    def _leave(self) -> None:
        EventLoop.quit = True
        self._sdl.wake()

    def _stop_on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._leave()

    def _watch_state(self) -> None:
        self._status.handle_one_poll()
        Clock.schedule_interval(lambda _dt: self._ask_state(), POLL_S)

    def _ask_state(self) -> None:
        if self._navigator.screen.shows_state:
            self._status.handle_one_poll()

    def _status_changed(self) -> None:
        latest = self._status.latest
        screen = self._navigator.screen
        screen.status_changed()
        if latest is not None and not latest["enrolled"] and screen.name == "home":
            self._navigator.show(ENROLMENT)

    def _wake(self, after_ms: int) -> None:
        if after_ms == 0:
            self._turn()
        else:
            Clock.schedule_once(lambda _dt: self._turn(), after_ms / 1000)

    def _handle_one_turn(self, _dt: float) -> None:
        self._keys.handle_one_turn()

    def _key_down(self, _window: object, key: int, *_rest: object) -> bool:
        self._keys.take(_window_signal(key, Phase.DOWN))
        return True

    def _key_up(self, _window: object, key: int, *_rest: object) -> bool:
        self._keys.take(_window_signal(key, Phase.UP))
        return True

    def _hear(self, heard: Heard) -> None:
        if isinstance(heard, Standby):
            log.info("电视机已待机（%s）。", heard.source)
            self._navigator.screen.standby()
        elif Window.focus:  # whoever has another window in front works there
            self._keys.take(heard)

    def _resized(self, _window: object, width: int, height: int) -> None:
        inset = inset_pct(self._choices)
        self._stage.fit(width, height, inset)
        if self._layers.video is not None:
            self._layers.video.place(width, height, inset)

    def _refit(self) -> None:
        self._resized(Window, *Window.size)

    def _note_key(self, event: KeyEvent, action: str | None) -> None:
        key = {"key": str(event.key), "repeat": event.repeat, "action": action}
        self._note({**key, **self._where(), "focus": self._navigator.focused})

    def _note_focus(self, screen: str, focus: str | None) -> None:
        if (screen, focus) != self._noted:
            self._noted = (screen, focus)
            self._note({**self._where(), "focus": focus})

    def _note(self, event: dict[str, object]) -> None:
        if self._events is not None:
            self._events.write(event)

    def _where(self) -> dict[str, object]:
        return {"screen": self._navigator.screen.name, "boottime_ms": self._clocks.boottime_ms()}


def _window_signal(key: int, phase: Phase) -> KeySignal:
    return KeySignal("window", f"{KEYBOARD}:{KEY_NAMES.get(key, key)}", phase)
