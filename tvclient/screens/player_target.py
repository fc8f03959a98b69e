"""Where a run of presses leads, in sight over the bar while the keys are pressed."""

from typing import Any

from kivy.clock import Clock

from study.local_api import ThumbnailsEntry
from study.units import Milliseconds
from tvclient.remote.rect import Rect
from tvclient.screens.player_panels import PlayerPanels
from tvclient.state.bar_state import BarState
from tvclient.state.seek_steps import RUN_ENDS_AFTER_MS
from tvclient.state.thumbnail_place import ThumbnailPlace, thumbnail_place
from tvclient.widgets.seek_panel import seek_panel_place
from tvclient.widgets.thumbnails import Thumbnails


class PlayerTarget:
    """The time is there at once, the small picture as soon as its sheet has come; without one, the time."""

    def __init__(self, ids: Any, panels: PlayerPanels, thumbnails: Thumbnails) -> None:
        self._panel = ids.seek
        self._bar = ids.bar
        self._panels = panels
        self._thumbnails = thumbnails
        self._playhead = 0.0
        self._place: ThumbnailPlace | None = None
        self._gone = Clock.create_trigger(lambda _dt: panels.show_seek(None), RUN_ENDS_AFTER_MS / 1000)

    def show(self, target_ms: Milliseconds, bar: BarState, told: ThumbnailsEntry | None) -> None:
        """One more press, after the bar itself was shown with the target."""
        self._playhead = bar.playhead
        self._place = None if told is None else thumbnail_place(told, target_ms)
        self._panel.time = bar.time_now
        self._gone.cancel()
        self._gone()
        self._draw()
        self._panels.show_seek(self._where())

    def _draw(self) -> None:
        place = self._place
        texture = None if place is None else self._thumbnails.get(place, self._came)
        self._panel.texture = texture
        self._panel.pictured = place is not None and not self._thumbnails.has_none(place)

    def _came(self) -> None:
        """A sheet came, or did not, perhaps one that was passed meanwhile."""
        if self._panel.shown:
            self._draw()
            self._panels.show_seek(self._where())

    def _where(self) -> Rect:
        bar = self._bar
        return seek_panel_place(self._playhead, bar.track, Rect(*map(int, bar.rect)), self._panel.pictured)
