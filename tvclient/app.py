"""The television as a whole: builds its parts round the window, runs, and stops them in reverse order.

Importing this module opens the window: Kivy reads its configuration from the environment at import, which
`__main__` prepares first.
"""

import logging
import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from time import CLOCK_BOOTTIME, clock_gettime_ns
from types import FrameType

from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.config import Config
from kivy.core.window import Keyboard, Window

from study.units import MonotonicMs
from tvclient import theme
from tvclient.agent_client.client import AgentClient
from tvclient.background import Background
from tvclient.box_keys import BoxKeys, device_kinds
from tvclient.errors import CannotStart
from tvclient.kept_choices import KeptChoices
from tvclient.key_sources.device import Heard
from tvclient.key_sources.source_codes import KEYBOARD
from tvclient.keymaps import own_folder, read_keymap
from tvclient.playback.errors import PlaybackError
from tvclient.playback.player import Statistics
from tvclient.playback.sound import SoundOutput, SoundPlace
from tvclient.playback.voice import Voice
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.key_signal import KeySignal, Phase, Standby
from tvclient.remote.own_keymap import OwnKeymap
from tvclient.screens.article import Article
from tvclient.screens.bar_words import clock_words
from tvclient.screens.category import Category
from tvclient.screens.course import Course
from tvclient.screens.enrolment import Enrolment
from tvclient.screens.event_file import EventFile
from tvclient.screens.guide import Guide
from tvclient.screens.home import Home
from tvclient.screens.home_large import HomeLarge
from tvclient.screens.key_input import KeyInput
from tvclient.screens.key_teacher import KeyTeacher, Told
from tvclient.screens.large_mode import is_large
from tvclient.screens.learn_keys import LearnKeys
from tvclient.screens.message import Message
from tvclient.screens.navigator import Maker, Navigator
from tvclient.screens.pin import Pin
from tvclient.screens.player import Player
from tvclient.screens.player_video import Studio
from tvclient.screens.read_aloud import Change, ReadAloud, Trouble
from tvclient.screens.ready_item import ReadyItem
from tvclient.screens.screen import Screen
from tvclient.screens.screen_edge import inset_pct
from tvclient.screens.search import Search
from tvclient.screens.services import Services
from tvclient.screens.settings import AdminSettings
from tvclient.screens.station_record import StationRecord
from tvclient.screens.status_feed import POLL_S, StatusFeed
from tvclient.screens.top_layers import TopLayers
from tvclient.sdl import Sdl
from tvclient.settings import Settings
from tvclient.studio import make_studio, stop_studio
from tvclient.widgets.covers import Covers
from tvclient.widgets.part import Part
from tvclient.widgets.stage import Stage
from tvclient.words import _

log = logging.getLogger(__name__)

NS_PER_MS = 1_000_000
KEY_NAMES = {code: name for name, code in Keyboard.keycodes.items()}
ENROLMENT = "enrolment"
# Events end a wait at once; without them nothing is drawn more often than this.
SHORTEST_FRAME_S = 0.012
# A signal's handler runs between two waits.
LONGEST_WAIT_S = 0.5


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
        self._voice = Voice()
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
        self._navigator = Navigator(self._makers(), screens, self._note_focus, self._leave)
        self._studio: Studio | None = None
        self._no_studio = ""
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
        self._box_keys = BoxKeys(
            device_kinds(settings), self._hear, self._keys.lost, self._on_next_turn, self._clocks.boottime_ms
        )

    def run(self) -> None:
        """Show the television until it is left."""
        with ExitStack() as parts:
            self._open_window()
            parts.callback(self._choices.write)
            parts.callback(self._voice.close)
            parts.callback(self._background.stop)
            self._open_studio(parts)
            self._navigator.start(self._services())
            parts.callback(self._navigator.stop)
            self._watch_state()
            self._box_keys.start()
            parts.callback(self._box_keys.stop)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._stop_on_signal)
            log.info("电视已启动：%s×%s，终端 %s。", *Window.size, self._settings.terminal)
            runTouchApp(self._stage, embedded=True)
            parts.callback(stopTouchApp)
            while not EventLoop.quit:
                self._handle_one_frame()
        log.info("电视已退出。")

    def _handle_one_frame(self) -> None:
        try:
            EventLoop.window.mainloop()  # takes the window's events, once
            EventLoop.idle()
        except Exception:  # one broken turn must not end an evening of study
            log.exception("程序内部出错，这一步没有做完，其余照常运行。")
        self._sdl.wait(min(max(Clock.get_min_timeout(), SHORTEST_FRAME_S), LONGEST_WAIT_S))

    def _makers(self) -> dict[str, Maker]:
        return {
            "home": lambda services: HomeLarge(services) if is_large(self._choices) else Home(services),
            "category": Category,
            "course": Course,
            "player": self._make_player,
            "station_record": StationRecord,
            "message": Message,
            "search": Search,
            "live": Guide,
            "pin": Pin,
            "learn_keys": lambda services: LearnKeys(services, self._make_teacher),
            "settings": lambda services: AdminSettings(services, self._layers.volume, self._refit),
            "article": self._make_article,
            ENROLMENT: Enrolment,
        }

    def _make_player(self, services: Services, item_id: str, from_start: bool = False) -> Screen:
        if self._studio is None:
            return Message(services, _("这台电视现在不能播放"), self._no_studio)
        self._layers.volume.remind()
        return Player(services, self._studio, item_id, from_start)

    def _make_teacher(self, told: Told) -> KeyTeacher:
        return KeyTeacher(
            self._keys,
            OwnKeymap(own_folder(self._settings)),
            lambda: read_keymap(self._settings),
            self._background,
            self._clocks.boottime_ms,
            told,
        )

    def _make_article(self, services: Services, article_id: str) -> Screen:
        studio = self._studio
        if studio is None:
            return Article(services, article_id, self._make_aloud)
        return Article(services, article_id, self._make_aloud, studio.reporter, studio.boot)

    def _make_aloud(self, change: Change, trouble: Trouble) -> ReadAloud:
        video, is_heard = self._layers.video, lambda: SoundPlace().choose() is not SoundOutput.NONE
        return ReadAloud(self._voice, self._background, video, is_heard, change, trouble)

    def _open_studio(self, parts: ExitStack) -> None:
        try:
            self._studio = make_studio(
                self._settings,
                self._agent,
                self._clocks.boottime_ms,
                self._on_next_turn,
                Window.size,
                self._note_frames,
                self._stage.limit,
            )
        except PlaybackError as error:
            log.error("%s", error.words)
            self._no_studio = error.words
        else:
            parts.callback(stop_studio, self._studio)
            self._layers.video = self._studio.video
            self._refit()
            self._studio.video.player.set_volume(self._layers.volume.volume.loudness)

    def _services(self) -> Services:
        return Services(
            agent=self._agent,
            background=self._background,
            navigate=self._navigator,
            clocks=self._clocks,
            covers=Covers(self._agent, self._background),
            status=self._status,
            settings=self._settings,
            choices=self._choices,
            ready=ReadyItem(self._agent, self._background, self._clocks.boottime_ms),
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
        return self._studio is not None and self._studio.video.spares_drawing

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
        if self._studio is not None:
            self._studio.video.place(width, height, inset)

    def _refit(self) -> None:
        self._resized(Window, *Window.size)

    def _note_key(self, event: KeyEvent, action: str | None) -> None:
        if self._events is None:
            return
        key = {"key": str(event.key), "repeat": event.repeat, "action": action}
        self._events.write({**key, **self._where(), "focus": self._navigator.focused})

    def _note_focus(self, screen: str, focus: str | None) -> None:
        if self._events is not None and (screen, focus) != self._noted:
            self._noted = (screen, focus)
            self._events.write({**self._where(), "focus": focus})

    def _note_frames(self, frames: Statistics) -> None:
        log.info("这次播放显示 %d 帧，丢 %d 帧。", frames.frames_shown, frames.frames_lost)
        if self._events is not None:
            self._events.write({"frames": {"shown": frames.frames_shown, "lost": frames.frames_lost}})

    def _where(self) -> dict[str, object]:
        return {"screen": self._navigator.screen.name, "boottime_ms": self._clocks.boottime_ms()}


def _window_signal(key: int, phase: Phase) -> KeySignal:
    return KeySignal("window", f"{KEYBOARD}:{KEY_NAMES.get(key, key)}", phase)
