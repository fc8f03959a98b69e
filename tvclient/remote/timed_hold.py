"""A key that is held for as long as its device goes on telling of it."""

from tvclient.remote.key_signal import Holding, KeySignal, Phase


class TimedHold:
    """For devices whose releases get lost, or that send none: silence is the release.

    ```
    told  told      told            told
    ├──────┼─────────┼───── silent ──┤ DOWN again
    DOWN  REPEAT   REPEAT      UP
                     │◀ silence_ms ▶│
    ```
    One key at a time; another one releases the one before.
    """

    def __init__(self, source: str, silence_ms: int) -> None:
        self._source = source
        self._silence_ms = silence_ms
        self.code: str | None = None
        """The key that is held."""
        self._due_ms = 0

    @property
    def due_ms(self) -> int | None:
        """When the key will have been silent for long enough; None while none is held."""
        return None if self.code is None else self._due_ms

    def told(self, code: str, now_ms: int) -> list[KeySignal]:
        """The device says that this key is down."""
        signals = self.handle_due(now_ms)
        if self.code == code:
            signals.append(self._signal(code, Phase.REPEAT))
        else:
            signals += self.end()
            signals.append(self._signal(code, Phase.DOWN))
        self.code, self._due_ms = code, now_ms + self._silence_ms
        return signals

    def end(self) -> list[KeySignal]:
        """The device says that its key is up, or is gone."""
        code, self.code = self.code, None
        return [] if code is None else [self._signal(code, Phase.UP)]

    def handle_due(self, now_ms: int) -> list[KeySignal]:
        """The release of a key that has been silent for too long."""
        return self.end() if self.code is not None and now_ms >= self._due_ms else []

    def _signal(self, code: str, phase: Phase) -> KeySignal:
        return KeySignal(self._source, code, phase, Holding.TOLD)
