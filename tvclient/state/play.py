"""One opening of the player: what was watched, what of it may be told, what the bar shows of it."""

from dataclasses import dataclass, field, replace

from study.rules import Kind
from study.units import BootId, ItemId, Milliseconds, MonotonicMs, PlayId
from study.watch import WatchInterval
from tvclient.agent_client.play_state import NOTHING_MS, PlayState, Standing
from tvclient.playback.player_event import (
    Buffering,
    Opened,
    Opening,
    Paused,
    PlayerEvent,
    Retrying,
    Seeked,
    Shown,
    Tracks,
)
from tvclient.playback.watch_recorder import WatchRecorder
from tvclient.state.bar_state import BarState, Earlier, Item, bar_state

LEAVING = Opening(0)
FIRST_LATE_MS = 14
"""The first picture comes in sight so much after the moment that libVLC's positions name for it."""
IN_SIGHT_MS = 17
"""The last picture is in sight for so long after it was taken away, until something else is drawn."""


def without(intervals: tuple[WatchInterval, ...], start_ms: int, end_ms: int) -> tuple[WatchInterval, ...]:
    """The intervals less what lies between two monotonic times, each keeping its number.

    ```
    interval   ├──────────────┤        ├────┤
    between             ├──────────────────────┤
    left       ├────────┤              │ (empty)
    ```
    Movement ends at `end_ms` at the latest, so none goes on after it.
    """
    return tuple(
        _cut(interval, start_ms) if interval.start_ms < end_ms else interval for interval in intervals
    )


def _cut(interval: WatchInterval, at_ms: int) -> WatchInterval:
    if interval.end_ms <= at_ms:
        return interval
    end_ms = max(interval.start_ms, at_ms)
    seen_ms = round((end_ms - interval.start_ms) * interval.rate)
    media_end_ms = min(interval.media_end_ms, interval.media_start_ms + seen_ms)
    return replace(interval, end_ms=MonotonicMs(end_ms), media_end_ms=Milliseconds(media_end_ms))


@dataclass(slots=True)
class Play:
    """Fed with the player's events; hands out what the reporter sends and what the bar draws.

    While the presence card asks, what is watched is held back: told once somebody answers, dropped if
    nobody does (study-time.md, Presence).
    """

    play_id: PlayId
    item_id: ItemId
    item: Item
    opened_ms: MonotonicMs
    boot: BootId
    earlier: Earlier
    left_ms: MonotonicMs | None = None
    asked_ms: MonotonicMs | None = None
    position_ms: Milliseconds = NOTHING_MS
    _seen_length_ms: Milliseconds | None = None
    _recorder: WatchRecorder = field(init=False)
    _absences: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._recorder = WatchRecorder(self.boot, FIRST_LATE_MS)

    @property
    def length_ms(self) -> Milliseconds:
        """The catalogue's length, else the player's; 0 when nobody knows it."""
        return self.item.length_ms or self._seen_length_ms or NOTHING_MS

    def feed(self, event: PlayerEvent) -> None:
        """One event of this opening, in order."""
        self._recorder.record(event)
        if isinstance(event, Opened):
            self._seen_length_ms = event.length_ms
        elif isinstance(event, Seeked):
            self.position_ms = _from_start(event.to_ms)
        elif not isinstance(event, Buffering | Retrying | Shown | Tracks):
            self.position_ms = _from_start(event.media_ms)

    def ask(self, now_ms: MonotonicMs) -> None:
        """The presence card appeared."""
        self.asked_ms = now_ms

    def answered(self) -> None:
        """Somebody is there: what was watched meanwhile counts."""
        self.asked_ms = None

    def unanswered(self, now_ms: MonotonicMs) -> None:
        """Nobody is there: what was watched since the card appeared does not count, now or later."""
        if self.asked_ms is not None:
            self._absences.append((self.asked_ms, now_ms))
        self.asked_ms = None

    def leave(self, now_ms: MonotonicMs) -> None:
        """The player was left: whatever moved stops now."""
        before = self._recorder.intervals[-1:]
        self._recorder.record(Paused(LEAVING, MonotonicMs(now_ms + IN_SIGHT_MS), self.position_ms))
        last = self._recorder.intervals[-1:]
        if last != before:
            self.position_ms = last[0].media_end_ms
        if self.asked_ms is not None:
            self.unanswered(now_ms)
        self.left_ms = now_ms

    def learn(self, standing: Standing) -> None:
        """What the agent knows of the session this play goes on with."""
        self.earlier = replace(self.earlier, played_ms=standing.earlier_ms)

    def intervals(self) -> tuple[WatchInterval, ...]:
        """What was watched with somebody there, as far as that is known now."""
        told = self._recorder.intervals
        for start_ms, end_ms in self._absences:
            told = without(told, start_ms, end_ms)
        if self.asked_ms is not None and told:
            told = without(told, self.asked_ms, told[-1].end_ms + 1)
        return told

    def state(self) -> PlayState:
        """What the agent may know now."""
        return PlayState(
            play_id=self.play_id,
            item_id=self.item_id,
            kind=self.item.kind,
            opened_ms=self.opened_ms,
            left_ms=self.left_ms,
            position_ms=self.position_ms,
            length_ms=self._seen_length_ms,
            intervals=self.intervals(),
        )

    def bar(self, target_ms: Milliseconds | None = None) -> BarState:
        """The bar now; `target_ms` is where a seek that is still being chosen would lead."""
        place_ms = self.position_ms if target_ms is None else target_ms
        item = self.item
        if item.kind is Kind.VOD and not item.length_ms:
            item = replace(item, length_ms=self.length_ms)
        return bar_state(item, self.earlier, self.intervals(), place_ms)


def _from_start(media_ms: Milliseconds) -> Milliseconds:
    """Streams may tell of places before their beginning."""
    return max(NOTHING_MS, media_ms)
