"""The moving picture under the player screen's panels."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from study.presence import ASK_AFTER_MS
from study.units import BootId, Milliseconds
from tvclient import theme
from tvclient.agent_client.reporter import Reporter
from tvclient.background import Deliver
from tvclient.playback.player import OnEvent, Player, Statistics
from tvclient.playback.player_event import Opening, PlayerEvent
from tvclient.playback.video_window import VideoWindow
from tvclient.remote.rect import Rect


class PlayerVideo:
    """One player drawing into one window over the television's own; lives as long as the program.

    `make_player` is given what the player must call with its events, on whatever thread; they are handed
    on through `deliver` to whoever listens, on the drawing thread. Panels are in design px. `tell_frames`
    hears of each picture that was stopped how many frames it showed and lost.
    """

    def __init__(
        self,
        make_player: Callable[[OnEvent], Player],
        window: VideoWindow,
        deliver: Deliver,
        tell_frames: Callable[[Statistics], None],
    ) -> None:
        self._window = window
        self._tell_frames = tell_frames
        self.deliver = deliver
        self._listener: OnEvent | None = None
        self._scale = 1.0
        self._is_open = False
        self.player = make_player(self._told)

    def place(self, width_px: int, height_px: int) -> None:
        """The television's window has this size; the picture fills it."""
        self._scale = width_px / theme.DESIGN_W
        self._window.move(Rect(0, 0, width_px, height_px))

    def listen(self, listener: OnEvent | None) -> None:
        """Who gets the player's events from now on."""
        self._listener = listener

    def show(self, panels: Iterable[Rect]) -> None:
        """Lay the picture over everything but the panels."""
        self._window.set_cutouts([self._scaled(panel) for panel in panels])
        self._window.show()

    def hide(self) -> None:
        """Show the television's own window alone."""
        self._window.hide()

    def open(self, url: str, start_ms: Milliseconds, live: bool) -> Opening:
        """Play this from now on."""
        self._is_open = True
        return self.player.open(url, start_ms, live)

    def stop(self) -> None:
        """Leave what is playing, if anything is."""
        if self._is_open:
            self._tell_frames(self.player.statistics)
        self._is_open = False
        self.player.stop()

    def close(self) -> None:
        """Stop the player and take the window away; waits for libVLC, five seconds at most."""
        self._listener = None
        self.player.close()
        self._window.close()

    def _told(self, event: PlayerEvent) -> None:
        self.deliver(lambda: self._pass_on(event))

    def _pass_on(self, event: PlayerEvent) -> None:
        if self._listener is not None:
            self._listener(event)

    def _scaled(self, panel: Rect) -> Rect:
        left, top = round(panel.x * self._scale), round(panel.y * self._scale)
        right, bottom = round(panel.right * self._scale), round(panel.bottom * self._scale)
        return Rect(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True)
class Studio:
    """What the player screen needs beyond Services; one for the whole program.

    `ask_after_ms` without a key, the presence card asks.
    """

    video: PlayerVideo
    reporter: Reporter
    boot: BootId
    ask_after_ms: int = ASK_AFTER_MS
