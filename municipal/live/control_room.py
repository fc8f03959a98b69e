"""The control room: keeps every channel of the catalogue on the air."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from municipal.errors import StorageError
from municipal.live.broadcast import Broadcast, LiveFolders, Programme, Window, end_leftovers

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
BACKOFF_FIRST_S, BACKOFF_MOST_S = 1.0, 60.0
STALLED_AFTER_S = 20.0
SETTLED_AFTER_S = 60.0
"""A broadcast that ran so long starts again at once when it ends."""

_STOP_TIMEOUT_S = 10


@dataclass(slots=True)
class _OnAir:
    broadcast: Broadcast
    started_s: float
    written_at_ns: int
    written_seen_s: float


@dataclass(slots=True)
class _Waiting:
    until_s: float
    delay_s: float


class ControlRoom:
    """Starts, watches and stops the broadcasts, all from one thread of its own."""

    def __init__(
        self,
        programmes: Callable[[], Iterable[Programme]],
        folders: LiveFolders,
        monotonic_s: Callable[[], float],
    ) -> None:
        self._programmes = programmes
        self._folders = folders
        self._monotonic_s = monotonic_s
        self._on_air: dict[str, _OnAir] = {}
        self._waiting: dict[str, _Waiting] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        """Go on the air, after ending what a killed server has left."""
        end_leftovers(self._folders)
        self._thread.start()

    def stop(self) -> None:
        """Take every channel off the air and wait for it."""
        self._stopping.set()
        self._thread.join(_STOP_TIMEOUT_S)

    def handle_one_look(self) -> None:
        """Compare what should be on the air with what is, and put it right."""
        wanted = {programme.channel_id: programme for programme in self._programmes()}
        for channel_id, on_air in list(self._on_air.items()):
            if wanted.get(channel_id) != on_air.broadcast.programme:
                self._take_off(channel_id, "changed")
            elif not on_air.broadcast.is_running:
                self._back_off(channel_id, "ended")
            elif self._is_stalled(on_air):
                self._back_off(channel_id, "stalled")
        for channel_id, programme in wanted.items():
            waiting = self._waiting.get(channel_id)
            due = waiting is None or self._monotonic_s() >= waiting.until_s
            if channel_id not in self._on_air and due:
                self._put_on(programme)

    def take_all_off(self) -> None:
        """Stop every broadcast."""
        for channel_id in list(self._on_air):
            self._take_off(channel_id, "stopping")

    def _run(self) -> None:
        # The broadcasts die with the thread that started them, so this one thread does all of it.
        while not self._stopping.is_set():
            try:
                self.handle_one_look()
            except StorageError as error:
                log.error("live look_failed words=%s", error.words)
            except Exception:
                # One channel's surprise must not take the others off the air for good.
                log.exception("live look_failed")
            self._stopping.wait(LOOK_EVERY_S)
        self.take_all_off()

    def _put_on(self, programme: Programme) -> None:
        now_s = self._monotonic_s()
        try:
            broadcast = Broadcast(programme, self._folders, Window())
        except OSError as error:
            log.error("live not_started channel=%s error=%s", programme.channel_id, error)
            self._waiting[programme.channel_id] = self._next_wait(programme.channel_id)
            return
        log.info("live on_air channel=%s media=%s", programme.channel_id, programme.media.name)
        self._on_air[programme.channel_id] = _OnAir(broadcast, now_s, 0, now_s)

    def _take_off(self, channel_id: str, why: str) -> None:
        log.info("live off_air channel=%s why=%s", channel_id, why)
        self._on_air.pop(channel_id).broadcast.stop()
        self._waiting.pop(channel_id, None)

    def _back_off(self, channel_id: str, why: str) -> None:
        on_air = self._on_air.pop(channel_id)
        on_air.broadcast.stop()
        if self._monotonic_s() - on_air.started_s >= SETTLED_AFTER_S:
            self._waiting.pop(channel_id, None)
        wait = self._next_wait(channel_id)
        self._waiting[channel_id] = wait
        if not on_air.broadcast.programme.media.exists():
            why = "media_missing"
        log.warning("live off_air channel=%s why=%s again_in_s=%.0f", channel_id, why, wait.delay_s)

    def _next_wait(self, channel_id: str) -> _Waiting:
        before = self._waiting.get(channel_id)
        delay_s = BACKOFF_FIRST_S if before is None else min(BACKOFF_MOST_S, before.delay_s * 2)
        return _Waiting(self._monotonic_s() + delay_s, delay_s)

    def _is_stalled(self, on_air: _OnAir) -> bool:
        written_at_ns, now_s = on_air.broadcast.written_at_ns(), self._monotonic_s()
        if written_at_ns != on_air.written_at_ns:
            on_air.written_at_ns, on_air.written_seen_s = written_at_ns, now_s
        return now_s - on_air.written_seen_s > STALLED_AFTER_S
