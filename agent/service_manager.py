"""The service manager (systemd) as the agent tells it how it goes, by sd_notify's protocol."""

import contextlib
import logging
import os
import socket
import threading
from collections.abc import Iterator, Mapping

log = logging.getLogger(__name__)

_EXTEND_EVERY_S = 10.0
_EXTEND_BY_US = 30_000_000


class ServiceManager:
    """Says nothing where nobody listens; never raises, since nothing here is worth stopping for."""

    def __init__(self, surroundings: Mapping[str, str]) -> None:
        """`surroundings` are the environment's NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID."""
        self._address = _address(surroundings.get("NOTIFY_SOCKET", ""))
        self.watchdog_s = _watchdog_s(surroundings)

    def ready(self, words: str) -> None:
        """The local API answers."""
        self._tell(f"READY=1\nSTATUS={words}")

    def status(self, words: str) -> None:
        """One line for `systemctl status`."""
        self._tell(f"STATUS={words}")

    def alive(self) -> None:
        """Feed the watchdog."""
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """The agent has been asked to end, and does."""
        self._tell("STOPPING=1\nSTATUS=正在停止")

    @contextlib.contextmanager
    def waiting_for_start(self) -> Iterator[None]:
        """While a start takes long (a database is checked or salvaged), keep its time-out from ending it."""
        done = threading.Event()

        def extend() -> None:
            while not done.wait(_EXTEND_EVERY_S):
                self._tell(f"EXTEND_TIMEOUT_USEC={_EXTEND_BY_US}")

        thread = threading.Thread(target=extend, name="extend-start", daemon=True)
        if self._address is not None:
            self._tell(f"EXTEND_TIMEOUT_USEC={_EXTEND_BY_US}\nSTATUS=正在启动，检查数据库")
            thread.start()
        try:
            yield
        finally:
            done.set()

    def _tell(self, text: str) -> None:
        if self._address is None:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
                out.setblocking(False)
                out.sendto(text.encode(), self._address)
        except OSError as error:
            log.debug("the service manager was not told (%s)", error)


def _address(text: str) -> str | None:
    if text.startswith("@"):
        return "\0" + text[1:]  # an abstract socket
    return text if text.startswith("/") else None


def _watchdog_s(surroundings: Mapping[str, str]) -> float | None:
    """How long the manager waits for a sign of life; None when it expects none of this process."""
    held, process = surroundings.get("WATCHDOG_USEC", ""), surroundings.get("WATCHDOG_PID", "")
    if process not in ("", str(os.getpid())):
        return None
    return int(held) / 1_000_000 if held.isascii() and held.isdigit() and int(held) > 0 else None
