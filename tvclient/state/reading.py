"""One opening of an article: the stretches of time in which it was open with somebody there."""

from dataclasses import dataclass, field

from study.presence import ASK_AFTER_MS
from study.rules import Kind
from study.units import MINUTE_MS, BootId, ItemId, Milliseconds, MonotonicMs, PlayId
from study.watch import WatchInterval
from tvclient.agent_client.play_state import PlayState

STILL_MS = 5 * MINUTE_MS
"""Who reads turns the page: so long after the last key somebody is taken to be there."""

_NOWHERE = Milliseconds(0)


@dataclass(slots=True)
class Reading:
    """Fed with keys and the clock; hands out what the reporter sends.

    ```
    key ──────── STILL_MS ───────┤          key ───────
    ═════════ a stretch ═════════╡          ╞══ the next one
    ```
    While it is read aloud, which asks for no keys, as long as with a course (study-time.md, Presence).
    """

    play_id: PlayId
    item_id: ItemId
    boot: BootId
    opened_ms: MonotonicMs
    left_ms: MonotonicMs | None = None
    _is_spoken: bool = False
    _seen_ms: int = field(init=False)
    _stretches: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self._seen_ms = self.opened_ms
        self._stretches = [(self.opened_ms, self.opened_ms)]

    def key(self, now_ms: MonotonicMs) -> None:
        """Somebody pressed a key."""
        self.time_passed(now_ms)
        if now_ms > self._stretches[-1][1]:
            self._stretches.append((now_ms, now_ms))
        self._seen_ms = now_ms

    def spoken(self, now_ms: MonotonicMs, is_spoken: bool) -> None:
        """It begins, or ends, to be read aloud."""
        self.time_passed(now_ms)
        self._is_spoken = is_spoken

    def time_passed(self, now_ms: MonotonicMs) -> None:
        """The last stretch goes on, as long as somebody is taken to be there."""
        until_ms = self._seen_ms + (ASK_AFTER_MS if self._is_spoken else STILL_MS)
        start_ms, end_ms = self._stretches[-1]
        self._stretches[-1] = (start_ms, max(end_ms, min(now_ms, until_ms)))

    def left(self, now_ms: MonotonicMs) -> None:
        """The article is closed."""
        self.time_passed(now_ms)
        self.left_ms = now_ms

    def state(self) -> PlayState:
        """As the reporter takes it. Nothing moves in an article, so its stretches lie at its beginning."""
        return PlayState(
            play_id=self.play_id,
            item_id=self.item_id,
            kind=Kind.ARTICLE,
            opened_ms=self.opened_ms,
            left_ms=self.left_ms,
            intervals=tuple(
                WatchInterval(self.boot, MonotonicMs(start_ms), MonotonicMs(end_ms), _NOWHERE, _NOWHERE)
                for start_ms, end_ms in self._stretches
            ),
        )
