"""From the events of one input device to what its keys do."""

from collections.abc import Callable, Iterator

from tvclient.key_sources.input_event import (
    DOWN,
    EV_KEY,
    EV_MSC,
    EV_SYN,
    MSC_SCAN,
    REPEAT,
    SYN_DROPPED,
    SYN_REPORT,
    UP,
    InputEvent,
)
from tvclient.key_sources.key_names import KEY_UNKNOWN, is_key, key_code, scan_code
from tvclient.remote.chatter import Chatter
from tvclient.remote.key_signal import Holding, KeySignal, Phase
from tvclient.remote.timed_hold import TimedHold

# An infrared receiver tells of a key that the kernel does not know with each frame: every 108 ms with NEC,
# 114 ms with RC-5. Two frames may get lost.
SCAN_SILENCE_MS = 350


class EvdevKeys:
    """Pure, but for `held_now`, which asks the device which keys are down and may answer None for unknown.

    The kernel ends each report of a device with SYN_REPORT. A key it has no name for comes as a scan code
    without a key, and no release; a report after SYN_DROPPED is not whole, so it is left out and the device
    asked instead.
    """

    def __init__(self, source: str, held_now: Callable[[], frozenset[int] | None]) -> None:
        self._source = source
        self._held_now = held_now
        self._down: dict[int, str] = {}
        self._scan: int | None = None
        self._had_key = False
        self._dropped = False
        self._chatter = Chatter()
        self._unknown = TimedHold(source, SCAN_SILENCE_MS)

    @property
    def due_ms(self) -> int | None:
        """When `handle_due` has something to do; None while nothing waits."""
        return self._unknown.due_ms

    @property
    def is_ignored(self) -> bool:
        """It told of more presses than fingers make, and has not been silent since."""
        return self._chatter.is_ignored

    def take(self, event: InputEvent, now_ms: int) -> Iterator[KeySignal]:
        """What this event makes known."""
        if event.type == EV_SYN and event.code == SYN_DROPPED:
            self._dropped = True
        elif event.type == EV_SYN and event.code == SYN_REPORT:
            yield from self._end_report(now_ms)
        elif self._dropped:
            return
        elif event.type == EV_MSC and event.code == MSC_SCAN:
            self._scan = event.value
        elif event.type == EV_KEY:
            self._had_key = True
            yield from self._take_key(event, now_ms)

    def handle_due(self, now_ms: int) -> list[KeySignal]:
        """Releases that no event tells of."""
        return self._unknown.handle_due(now_ms)

    def end(self) -> list[KeySignal]:
        """The device is gone: nothing is down any more."""
        codes, self._down = tuple(self._down.values()), {}
        return [self._signal(code, Phase.UP) for code in codes] + self._unknown.end()

    def _take_key(self, event: InputEvent, now_ms: int) -> Iterator[KeySignal]:
        if event.value == UP:
            yield from self._let_go(event.code)
        elif event.value == DOWN and is_key(event.code):
            if self._chatter.hears_press(now_ms):
                yield from self._let_go(event.code)  # pressed again: its release was not told
                code = self._down[event.code] = self._name(event.code)
                yield self._signal(code, Phase.DOWN)
        elif event.value == REPEAT and event.code in self._down and self._chatter.hears_repeat(now_ms):
            yield self._signal(self._down[event.code], Phase.REPEAT)

    def _let_go(self, number: int) -> Iterator[KeySignal]:
        code = self._down.pop(number, None)
        if code is not None:
            yield self._signal(code, Phase.UP)

    def _end_report(self, now_ms: int) -> Iterator[KeySignal]:
        if self._dropped:
            yield from self._catch_up()
        elif self._scan is not None and not self._had_key and not self._down:
            yield from self._take_scan(scan_code(self._scan), now_ms)
        self._scan, self._had_key, self._dropped = None, False, False

    def _take_scan(self, code: str, now_ms: int) -> list[KeySignal]:
        hears = self._chatter.hears_repeat if self._unknown.code == code else self._chatter.hears_press
        return self._unknown.told(code, now_ms) if hears(now_ms) else []

    def _catch_up(self) -> Iterator[KeySignal]:
        """Releases that were missed; a press that was missed is an old one by now."""
        held = self._held_now() or frozenset()
        for number in self._down.keys() - held:
            yield from self._let_go(number)

    def _name(self, number: int) -> str:
        if number == KEY_UNKNOWN and self._scan is not None:
            return scan_code(self._scan)
        return key_code(number)

    def _signal(self, code: str, phase: Phase) -> KeySignal:
        return KeySignal(self._source, code, phase, Holding.SURE)
