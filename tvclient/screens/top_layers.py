"""What lies over all screens: the volume, a reminder, the dark screen; each is seen over a film too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from study.units import MINUTE_MS, ItemId, MonotonicMs
from tvclient.agent_client.client import AgentClient
from tvclient.background import Background
from tvclient.kept_choices import KeptChoices
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.rect import Rect
from tvclient.screens.navigator import Navigator
from tvclient.screens.reminder_layer import ReminderLayer
from tvclient.screens.saver_layer import SaverLayer
from tvclient.screens.volume_layer import VolumeLayer
from tvclient.state.idleness import Idleness
from tvclient.widgets.stage import Stage

if TYPE_CHECKING:
    from tvclient.screens.player_video import PlayerVideo


class TopLayers:
    """One television's. Drawing thread only; `clock_ms` is monotonic, `clock_words` the time and the date."""

    def __init__(
        self,
        agent: AgentClient,
        background: Background,
        choices: KeptChoices,
        clock_ms: Callable[[], MonotonicMs],
        clock_words: Callable[[], tuple[str, str]],
        saver_min: float,
        navigator: Callable[[], Navigator],
    ) -> None:
        self._navigator = navigator
        self._panels: dict[str, Rect] = {}
        self.video: PlayerVideo | None = None
        """Where there is one."""
        self.volume = VolumeLayer(choices, self._set_loudness, partial(self._cut_out, "volume"))
        self._saver = SaverLayer(
            Idleness(round(saver_min * MINUTE_MS), clock_ms()),
            clock_ms,
            lambda: self.video is not None and self.video.moves,
            clock_words,
            partial(self._cut_out, "saver"),
        )
        self._reminder = ReminderLayer(
            *(agent, background, clock_ms, self._watch, partial(self._cut_out, "reminder"), self._saver.wake)
        )

    def lie_over(self, stage: Stage) -> None:
        """Over everything that is on it by now."""
        for layer in (self.volume, self._reminder, self._saver):
            stage.add_widget(layer)

    def takes(self, event: KeyEvent) -> bool:
        """True for a key that only woke the dark screen, or answered a reminder."""
        return self._saver.takes(event) or self._reminder.takes(event)

    def _set_loudness(self, percent: int) -> None:
        if self.video is not None:
            self.video.player.set_volume(percent)

    def _cut_out(self, owner: str, panel: Rect | None) -> None:
        if panel is None:
            self._panels.pop(owner, None)
        else:
            self._panels[owner] = panel
        if self.video is not None:
            self.video.lie_under(self._panels.values())

    def _watch(self, channel_id: ItemId | None) -> None:
        navigator = self._navigator()
        if channel_id is None:
            navigator.show("live")
            return
        # One film is not left lying under another one.
        is_playing = navigator.screen.name == "player"
        open_player = navigator.replace if is_playing else navigator.show
        open_player("player", item_id=channel_id, from_start=False)
