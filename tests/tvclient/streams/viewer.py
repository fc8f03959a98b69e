"""A viewer of one channel: a real player in a window of its own, and an eye on that window."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from Xlib import X
from Xlib.display import Display

from study.units import BootId, Milliseconds, MonotonicMs
from study.watch import played_ms
from tests.tvclient.streams.eye import Eye, Movement
from tvclient.playback.output import choose_output
from tvclient.playback.player_event import PlayerEvent, Position
from tvclient.playback.video_window import VideoWindow
from tvclient.playback.vlc_player import VlcPlayer
from tvclient.playback.watch_recorder import WatchRecorder
from tvclient.remote.rect import Rect

PATIENCE_S = 40.0
E = TypeVar("E", bound=PlayerEvent)


def boottime() -> MonotonicMs:
    return MonotonicMs(time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000)


class Viewer:
    """Everything it hears and sees is kept; times are of the player's clock."""

    def __init__(self, display_name: str, window: VideoWindow, place: Rect) -> None:
        self._heard = threading.Condition()
        self.events: list[PlayerEvent] = []
        self.opened_at_ms = MonotonicMs(0)
        output = choose_output("llvmpipe", None)
        self.player = VlcPlayer(self._hear, boottime, window.attach, output, ("--aout=dummy",))
        self.eye = Eye(display_name, place, boottime)

    def open(self, url: str) -> None:
        self.opened_at_ms = boottime()
        self.player.open(url, Milliseconds(0), live=True)

    def until(self, kind: type[E], since: int = 0) -> E:
        """The first event of this kind, the first `since` left out. Raises AssertionError when none comes."""
        found: list[E] = []

        def come() -> bool:
            found[:] = [event for event in self.events[since:] if isinstance(event, kind)][:1]
            return bool(found)

        with self._heard:
            assert self._heard.wait_for(come, PATIENCE_S), f"no {kind.__name__} in {self.story()}"
        return found[0]

    def watch(self, seconds: float) -> None:
        """Lets real time go by: streams know no other."""
        time.sleep(seconds)

    @property
    def recorded_ms(self) -> int:
        recorder = WatchRecorder(BootId("b"))
        for event in tuple(self.events):
            recorder.record(event)
        return played_ms(recorder.intervals)

    @property
    def seen(self) -> list[Movement]:
        return self.eye.movements

    @property
    def seen_ms(self) -> int:
        return sum(movement.end_ms - movement.start_ms for movement in self.seen)

    def story(self) -> list[str]:
        """What was told, without the positions, for whoever reads a failure."""
        told = [event for event in tuple(self.events) if not isinstance(event, Position)]
        return [f"{(event.at_ms - self.opened_at_ms) / 1000:.2f} {type(event).__name__}" for event in told]

    def close(self) -> None:
        self.player.close()
        self.eye.close()

    def _hear(self, event: PlayerEvent) -> None:
        with self._heard:
            self.events.append(event)
            self._heard.notify_all()


@contextmanager
def viewers(display_name: str) -> Iterator[Callable[[], Viewer]]:
    """Makes viewers side by side on one screen; closes them."""
    display = Display(display_name)
    made: list[tuple[Viewer, VideoWindow]] = []

    def make() -> Viewer:
        column, row = len(made) % 8, len(made) // 8
        place = Rect(column * 200, row * 120, 192, 108)
        parent = display.screen().root.create_window(*place, 0, X.CopyFromParent)
        parent.map()
        display.sync()
        window = VideoWindow(int(parent.id), Rect(0, 0, place.w, place.h), display_name)
        window.show([])
        middle = Rect(place.x + 64, place.y + 36, 64, 36)
        made.append((Viewer(display_name, window, middle), window))
        return made[-1][0]

    try:
        yield make
    finally:
        for viewer, window in made:
            viewer.close()
            window.close()
        display.close()
