"""Learning which key of a remote is to be one logical key: “press the key you want for 返回”."""

from enum import StrEnum

from tvclient.remote.key import Key
from tvclient.remote.key_signal import KeySignal, Phase
from tvclient.remote.keymap import Keymap
from tvclient.remote.press_gate import ECHO_WITHIN_MS

# Nobody presses anything: the remote is dead, or the person has gone.
PATIENCE_MS = 30_000
# A jammed key is not waited for.
RELEASED_WITHIN_MS = 3_000


class Stage(StrEnum):
    WAITING = "waiting"
    PRESSED = "pressed"
    """Not released yet, or it may still come another way."""
    ASKING = "asking"
    """The key means something else now: `means`. To be answered."""
    LEARNED = "learned"
    """`codes` are to be the key."""
    KNOWN = "known"
    """They have been all along."""
    CANCELLED = "cancelled"


class Learning:
    """Pure; times are monotonic milliseconds.

    ```
    WAITING ──a key──▶ PRESSED ──released──▶ LEARNED   it meant nothing
       ▲ ▲                │ │ └──released──▶ KNOWN     it means this already
       │ └──two keys──────┘ └────released──▶ ASKING    it means another key ──yes──▶ LEARNED
       └────────────────────────────────────────────────────────────────────no
    CANCELLED from anywhere: the key that means Back, cancel(), or nothing for PATIENCE_MS
    ```
    One press can come several ways, by evdev and X11 say; all its codes are learned together, or else it
    would act twice. The key that means Back stays it, so that nobody can lock himself in.
    """

    def __init__(self, target: Key, keymap: Keymap, now_ms: int) -> None:
        self.target = target
        self.stage = Stage.WAITING
        self.codes: tuple[str, ...] = ()
        self.means: Key | None = None
        self.pressed_together = False
        """The last try was two keys at once."""
        self._keymap = keymap
        self._came: dict[str, set[str]] = {}
        self._down: set[tuple[str, str]] = set()
        self._since_ms = now_ms

    @property
    def is_over(self) -> bool:
        """No key is waited for any more, and no answer."""
        return self.stage in (Stage.LEARNED, Stage.KNOWN, Stage.CANCELLED)

    @property
    def due_ms(self) -> int | None:
        """When `handle_due` is to be called, if nothing is heard before; None when it is over."""
        if self.is_over:
            return None
        if self.stage is not Stage.PRESSED:
            return self._since_ms + PATIENCE_MS
        return self._since_ms + (RELEASED_WITHIN_MS if self._down else ECHO_WITHIN_MS)

    def hear(self, signal: KeySignal, now_ms: int) -> None:
        """A key of any device."""
        self.handle_due(now_ms)
        if self.stage not in (Stage.WAITING, Stage.PRESSED):
            return
        name = (signal.source, signal.code)
        if signal.phase is Phase.UP:
            self._down.discard(name)
        elif signal.phase is Phase.DOWN:
            if self.stage is Stage.WAITING:
                self.stage, self._since_ms = Stage.PRESSED, now_ms
            self._down.add(name)
            self._came.setdefault(signal.source, set()).add(signal.code)

    def handle_due(self, now_ms: int) -> None:
        """Time has passed."""
        due_ms = self.due_ms
        if due_ms is None or now_ms < due_ms:
            return
        if self.stage is Stage.PRESSED:
            self._conclude(now_ms)
        else:
            self.cancel()

    def answer(self, yes: bool, now_ms: int) -> None:
        """To ASKING: whether the key shall change its meaning."""
        if self.stage is Stage.ASKING:
            self._begin(now_ms)
            if yes:
                self.stage = Stage.LEARNED

    def cancel(self) -> None:
        """Nothing is learned."""
        if not self.is_over:
            self.stage, self.codes = Stage.CANCELLED, ()

    def _begin(self, now_ms: int) -> None:
        self.stage, self._since_ms = Stage.WAITING, now_ms
        self._came.clear()
        self._down.clear()

    def _conclude(self, now_ms: int) -> None:
        self.pressed_together = any(len(codes) > 1 for codes in self._came.values())
        if self.pressed_together:
            self._begin(now_ms)
            return
        self.codes = tuple(sorted(set().union(*self._came.values())))
        meanings = {self._keymap.lookup(code) for code in self.codes}
        others = meanings - {None, self.target}
        if Key.BACK in others:
            self.cancel()
        elif others:
            self.stage, self.means, self._since_ms = Stage.ASKING, min(others, key=str), now_ms
        else:
            self.stage = Stage.KNOWN if meanings == {self.target} else Stage.LEARNED
