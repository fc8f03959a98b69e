"""From a source's key to what it does on the screen in sight, one turn a frame."""

from collections.abc import Callable

from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent, KeyQueue
from tvclient.remote.key_signal import KeySignal
from tvclient.remote.keymap import Keymap
from tvclient.remote.press_gate import PressGate, Verdict
from tvclient.screens.navigator import Navigator

Wake = Callable[[int], None]
"""Asks for a turn after so many ms; 0 is the next frame."""
SetVolume = Callable[[Key], None]
"""Does what the keys of the volume do, on every screen."""
Note = Callable[[KeyEvent, str | None], None]
"""Told of every event and what it did; None: nothing."""
Over = Callable[[KeyEvent], bool]
"""True for a key that was used by what lies over all screens, or only woke the dark one."""
Listen = Callable[[KeySignal], None]
"""Is given what the devices say in the place of the screens; for a screen that learns keys."""


class KeyInput:
    """Drawing thread only; `clock_ms` is monotonic."""

    def __init__(
        self,
        keymap: Keymap,
        navigator: Navigator,
        set_volume: SetVolume,
        over: Over,
        clock_ms: Callable[[], int],
        wake: Wake,
        note: Note,
    ) -> None:
        self._keymap = keymap
        self._navigator = navigator
        self._set_volume = set_volume
        self._over = over
        self._clock_ms = clock_ms
        self._wake = wake
        self._note = note
        self._queue = KeyQueue()
        self._gate = PressGate()
        self._listen: Listen | None = None

    def take(self, signal: KeySignal) -> None:
        """What one device says of one of its keys; the same press by way of another device is left out."""
        now_ms = self._clock_ms()
        if self._listen is not None and not self._gate.holds(signal, now_ms):
            self._listen(signal)
            return
        key = self._keymap.lookup(signal.code)
        if key is None:
            return
        match self._gate.judge(signal, key, now_ms):
            case Verdict.PRESS:
                self._queue.press(key, now_ms, signal.holding)
            case Verdict.SIGN:
                self._queue.sign(key, now_ms)
            case Verdict.RELEASE:
                self._queue.release(key, now_ms)
            case Verdict.NOTHING:
                return
        self._wake(0)

    def press(self, key: Key) -> None:
        """A press that came no way on which one could come twice."""
        now_ms = self._clock_ms()
        self._queue.press(key, now_ms)
        self._queue.release(key, now_ms)
        self._wake(0)

    def lost(self) -> None:
        """Releases will not come: the window has lost the keyboard, or what devices said was lost."""
        self._queue.clear()
        self._gate.forget()

    @property
    def at_rest(self) -> bool:
        """No key is held, and none waits."""
        return self._queue.at_rest

    @property
    def keymap(self) -> Keymap:
        """The one in use."""
        return self._keymap

    def use(self, keymap: Keymap) -> None:
        """Another keymap from now on."""
        self.lost()
        self._keymap = keymap

    def listen(self, listen: Listen | None) -> None:
        """Give all keys but those that are held right now to `listen`; None: to the screens again."""
        self._listen = listen

    def handle_one_turn(self) -> None:
        """Act on what is due now, and ask for the next turn if something will be."""
        for event in self._queue.take(self._clock_ms()):
            self._note(event, self._act(event))
        if self._queue.at_rest:
            self._navigator.screen.on_rest()
        due_ms = self._queue.next_due_ms()
        if due_ms is not None:
            self._wake(max(0, due_ms - self._clock_ms()))

    def _act(self, event: KeyEvent) -> str | None:
        navigator = self._navigator
        if self._over(event):
            return "over"
        if event.key.is_volume:
            self._set_volume(event.key)
            navigator.screen.on_key(event)
            return "volume"
        if event.key is Key.HOME:
            navigator.home()
            return "home"
        if navigator.screen.on_key(event):
            return "screen"
        if event.key.is_move:
            return "move" if navigator.press(event.key) else None
        if event.key is Key.OK and navigator.focused is not None:
            navigator.screen.on_ok(navigator.focused)
            return "ok"
        if event.key is Key.BACK:
            if not navigator.screen.back():
                navigator.back()
            return "back"
        return None
