"""Which signals of several devices are presses, and which are echoes of a press that came another way."""

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

from tvclient.remote.key import Key
from tvclient.remote.key_queue import FIRST_SIGN_WITHIN_MS, NEXT_SIGN_WITHIN_MS
from tvclient.remote.key_signal import KeySignal, Phase

# A television set hands a key on over HDMI-CEC 100 to 300 ms after the box has seen it by infrared itself:
# it decodes the same frame, thinks, waits for the line and sends three bytes of 24 ms.
ECHO_WITHIN_MS = 400
# More presses than anybody makes in that time.
REMEMBERED = 64


class Verdict(StrEnum):
    PRESS = "press"
    SIGN = "sign"
    """The press goes on."""
    RELEASE = "release"
    NOTHING = "nothing"


@dataclass(slots=True)
class _Held:
    key: Key
    own: bool
    """Not an echo."""
    sign_ms: int
    repeated: bool = False


@dataclass(slots=True)
class _Press:
    key: Key
    at_ms: int
    known_from: set[str] = field(default_factory=set)


class PressGate:
    """One press of one thumb acts once, by however many ways it comes; two presses of it act twice.

    ```
    infrared   ▼ press       ▼ press               both act
    HDMI-CEC        ▽ echo        ▽ echo           each is the echo of the oldest press of that key which
    X11         ▽ echo        ▽ echo               this device has not told of yet
               │◀ ECHO_WITHIN_MS ▶│
    ```
    Never an echo: what comes from the device of the press itself, however fast. Repeats and releases of an
    echo do nothing. All times are monotonic milliseconds. Call from one thread.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], _Held] = {}
        self._presses: deque[_Press] = deque(maxlen=REMEMBERED)

    def judge(self, signal: KeySignal, key: Key, now_ms: int) -> Verdict:
        """What a signal that means this key does."""
        name = (signal.source, signal.code)
        if signal.phase is Phase.UP:
            held = self._held.pop(name, None)
            return Verdict.RELEASE if held is not None and held.own else Verdict.NOTHING
        held = self._held.get(name)
        if held is not None and (signal.phase is Phase.REPEAT or _goes_on(held, now_ms)):
            held.sign_ms, held.repeated = now_ms, True
            return Verdict.SIGN if held.own else Verdict.NOTHING
        if signal.phase is Phase.REPEAT:
            return Verdict.NOTHING
        own = not self._is_echo(signal.source, key, now_ms)
        self._held[name] = _Held(key, own, now_ms)
        return Verdict.PRESS if own else Verdict.NOTHING

    def holds(self, signal: KeySignal, now_ms: int) -> bool:
        """Whether the signal belongs to a press that was judged before."""
        held = self._held.get((signal.source, signal.code))
        return held is not None and (signal.phase is not Phase.DOWN or _goes_on(held, now_ms))

    def forget(self) -> None:
        """Nothing is held any more."""
        self._held.clear()
        self._presses.clear()

    def _is_echo(self, source: str, key: Key, now_ms: int) -> bool:
        while self._presses and now_ms - self._presses[0].at_ms > ECHO_WITHIN_MS:
            self._presses.popleft()
        for press in self._presses:
            if press.key is key and source not in press.known_from:
                press.known_from.add(source)
                return True
        self._presses.append(_Press(key, now_ms, {source}))
        return False


def _goes_on(held: _Held, now_ms: int) -> bool:
    limit_ms = NEXT_SIGN_WITHIN_MS if held.repeated else FIRST_SIGN_WITHIN_MS
    return now_ms - held.sign_ms <= limit_ms
