"""Puts player and station record into the television, with a real player on real libVLC."""

import os
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from secrets import token_hex

from kivy.clock import Clock
from kivy.core.window import Window

from study import presence
from study.units import BootId
from tvclient.agent_client.report_book import ReportBook
from tvclient.agent_client.reporter import Reporter
from tvclient.app import Television
from tvclient.playback.output import choose_output
from tvclient.playback.parent_window import gl_renderer, parent_window_id
from tvclient.playback.sound import sound_options
from tvclient.playback.video_window import VideoWindow
from tvclient.playback.vlc_player import VlcPlayer
from tvclient.remote.rect import Rect
from tvclient.screens.navigator import Maker
from tvclient.screens.player import Player
from tvclient.screens.player_video import PlayerVideo, Studio
from tvclient.screens.station_record import StationRecord
from tvclient.settings import Settings

ASK_AFTER_MS = int(os.environ.get("ASK_AFTER_MS", presence.ASK_AFTER_MS))
BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")


class WiredTelevision(Television):
    def _makers(self) -> dict[str, Maker]:
        return super()._makers() | {"player": self._player, "station_record": StationRecord}

    def _player(self, *given: object, **params: object) -> Player:
        return Player(*given, studio=self.studio, **params)

    def open_studio(self, parts: ExitStack) -> None:
        clock = self._clocks.boottime_ms
        boot = BootId(BOOT_ID_FILE.read_text().strip())
        book = ReportBook(token_hex(8), self._settings.terminal, boot)
        reporter = Reporter(book, self._agent.report, clock)
        self._agent.read_after(reporter.wait_until_told)
        reporter.start()
        parts.callback(reporter.stop)
        window = VideoWindow(parent_window_id(), Rect(0, 0, *Window.size))
        make = partial(
            VlcPlayer,
            clock=clock,
            window_xid=window.xid,
            output=choose_output(gl_renderer(), None),
            sound=sound_options(),
        )
        video = PlayerVideo(make, window, self._on_next_turn)
        video.place(*Window.size)
        parts.callback(video.close)
        self.studio = Studio(video, reporter, boot, ASK_AFTER_MS)

    @staticmethod
    def _on_next_turn(call: object) -> None:
        Clock.schedule_once(lambda _dt: call(), 0)


def run(settings: Settings, screen: str, item_id: str) -> None:
    television = WiredTelevision(settings)
    params = {"item_id": item_id} if screen == "player" else {}
    with ExitStack() as parts:
        television.open_studio(parts)
        Clock.schedule_once(lambda _dt: television._navigator.show(screen, **params), 0.3)
        television.run()
