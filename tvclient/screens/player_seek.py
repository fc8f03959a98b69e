"""Presses of left and right on their way to one jump."""

from collections.abc import Callable

from kivy.clock import Clock

from study.units import Milliseconds, MonotonicMs
from tvclient.playback.player import Player
from tvclient.state.seek_steps import COMMIT_AFTER_MS, COMMIT_WHILE_HELD_MS, SeekRun, commit, press


class PlayerSeek:
    """Collects a run of presses; the player is asked once, after the key went up."""

    def __init__(self, player: Player, clock: Callable[[], MonotonicMs]) -> None:
        self._player = player
        self._clock = clock
        self._run: SeekRun | None = None
        self._up = Clock.create_trigger(lambda _dt: self._ask(), COMMIT_AFTER_MS / 1000)
        self._held = Clock.create_trigger(lambda _dt: self._ask(), COMMIT_WHILE_HELD_MS / 1000)

    @property
    def target_ms(self) -> Milliseconds | None:
        """Where the playhead is going; None when it isn't going anywhere."""
        return None if self._run is None else Milliseconds(self._run.target_ms)

    def press(self, direction: int, position_ms: int, length_ms: int) -> None:
        """One press: -1 or +1."""
        self._run = press(self._run, direction, position_ms, length_ms, self._clock())
        self._wait_for_none()
        self._held()

    def rest(self) -> None:
        """No key is held any more."""
        if self._held.is_triggered:
            self._wait_for_none()
            self._up()

    def landed(self, to_ms: int) -> None:
        """The player jumped; it was ours if nothing was pressed since."""
        if self._run is not None and self._run.committed and self._run.target_ms == to_ms:
            self._run = None

    def forget(self) -> None:
        """The item was left: whatever was pressed for it is void."""
        self._run = None
        self._wait_for_none()

    def _wait_for_none(self) -> None:
        self._up.cancel()
        self._held.cancel()

    def _ask(self) -> None:
        self._wait_for_none()
        if self._run is not None and not self._run.committed:
            self._player.seek(Milliseconds(self._run.target_ms))
            self._run = commit(self._run)
