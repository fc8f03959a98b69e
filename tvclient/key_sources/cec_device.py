"""One HDMI-CEC adapter as a source of keys."""

import errno
import logging
import os
import select
from collections.abc import Iterable, Sequence
from pathlib import Path

from tvclient.key_sources.cec_follower import CecFollower
from tvclient.key_sources.cec_message import CecMessage
from tvclient.key_sources.cec_port import CecPort
from tvclient.key_sources.device import Heard

log = logging.getLogger(__name__)

# So many at a time; the line itself carries fewer than twenty a second.
MESSAGES_AT_ONCE = 32
GONE = frozenset((errno.ENODEV, errno.ENXIO, errno.EBADF))


class CecDevice:
    """Implements Device. `port` is taken over and closed. As soon as the set knows the box, it is told once
    that this is what is to be seen: many sets hand keys on to the active source only."""

    def __init__(self, path: Path, port: CecPort) -> None:
        self.name = port.name
        self._port = port
        self._follower = CecFollower(str(path), port.state)
        self._is_announced = False
        port.claim()
        self._announce()

    def fileno(self) -> int:
        return self._port.fd

    def take(self, ready: int, now_ms: int) -> Sequence[Heard]:
        if ready & (select.POLLERR | select.POLLHUP | select.POLLNVAL):
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        if ready & select.POLLPRI:
            self._take_events()
        return self._take_messages(now_ms) if ready & select.POLLIN else ()

    def due_ms(self) -> int | None:
        return self._follower.due_ms

    def handle_due(self, now_ms: int) -> Sequence[Heard]:
        return self._follower.handle_due(now_ms)

    def end(self) -> Sequence[Heard]:
        return self._follower.end()

    def close(self) -> None:
        self._port.close()

    def _take_events(self) -> None:
        for _turn in range(MESSAGES_AT_ONCE):
            changed = self._port.next_change()
            if changed is None:
                return
            if changed:
                self._announce()

    def _take_messages(self, now_ms: int) -> list[Heard]:
        heard: list[Heard] = []
        for _turn in range(MESSAGES_AT_ONCE):
            try:
                message = self._port.receive()
            except BlockingIOError:
                break
            if message is not None:
                answer = self._follower.take(message, now_ms)
                heard += answer.heard
                self._send(answer.replies)
        return heard

    def _announce(self) -> None:
        if not self._is_announced:
            self._is_announced = self._send(self._follower.announce())

    def _send(self, messages: Iterable[CecMessage]) -> bool:
        """Whether anything went out. A line that is busy or unplugged is no reason to stop listening."""
        sent = False
        for message in messages:
            try:
                self._port.transmit(message)
                sent = True
            except OSError as error:
                if error.errno in GONE:
                    raise
                log.debug("HDMI-CEC：%s 发不出去（%s）。", message, error.strerror)
        return sent
