"""The window way of bench/playback.py: our player laid over a Kivy window that shows nothing.

Run as `playback_window.py MEDIA SECONDS`; prints the frames shown and lost as JSON at the end.
"""

import json
import sys
import time
from dataclasses import asdict

from kivy.app import App
from kivy.clock import Clock
from kivy.uix.widget import Widget

from study.units import Milliseconds, MonotonicMs
from tvclient.playback.output import choose_output
from tvclient.playback.parent_window import gl_renderer, parent_window_id
from tvclient.playback.sound import sound_options
from tvclient.playback.video_window import VideoWindow
from tvclient.playback.vlc_player import VlcPlayer
from tvclient.remote.rect import Rect

SCREEN = Rect(0, 0, 1920, 1080)


def boottime() -> MonotonicMs:
    return MonotonicMs(time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000)


class PlaybackWindow(App):
    def __init__(self, media: str, seconds: float) -> None:
        super().__init__()
        self._media, self._seconds = media, seconds

    def build(self) -> Widget:
        return Widget()

    def on_start(self) -> None:
        self._window = VideoWindow(parent_window_id(), SCREEN)
        self._window.show()
        output = choose_output(gl_renderer(), None)
        self._player = VlcPlayer(lambda _: None, boottime, self._window.xid, output, sound_options())
        self._player.open(self._media, Milliseconds(0), live=False)
        Clock.schedule_once(lambda _: self.stop(), self._seconds)

    def on_stop(self) -> None:
        frames = self._player.statistics
        self._player.close()
        self._window.close()
        print(json.dumps(asdict(frames)), flush=True)


if __name__ == "__main__":
    PlaybackWindow(sys.argv[1], float(sys.argv[2])).run()
