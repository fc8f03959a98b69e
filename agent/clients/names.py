"""Names: looks up where a host is, without anybody waiting for it longer than allowed."""

import socket
import threading
from collections.abc import Callable
from typing import Any

Address = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]
"""One way to reach a host, as `socket.getaddrinfo` tells it."""

LookUp = Callable[[str, int], list[Address]]


def ask_system(host: str, port: int) -> list[Address]:
    """The system's resolver. Raises OSError."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)  # type: ignore[return-value]


class Names:
    """One client's look-ups, one at a time."""

    def __init__(self, look_up: LookUp = ask_system) -> None:
        self._look_up = look_up
        self._under_way: _Asking | None = None

    def addresses(self, host: str, port: int, within_s: float) -> list[Address]:
        """Where `host` is. Raises TimeoutError, or OSError when there is no such name.

        The C library's look-up cannot be interrupted: by itself it ends only after what
        /etc/resolv.conf allows (5 s × 2 tries × 3 servers for each search domain). So it has a thread
        of its own, which nobody waits for longer than `within_s`; a question still under way is waited
        for again instead of being asked twice, so that threads never pile up.
        """
        asking = self._under_way
        if asking is None or (asking.host, asking.port) != (host, port):
            asking = self._under_way = _Asking(self._look_up, host, port)
        asking.thread.join(within_s)
        if asking.thread.is_alive():
            raise TimeoutError(f"{host} was not found in time")
        self._under_way = None
        if asking.error is not None:
            raise asking.error
        return asking.found


class _Asking:
    """One question to the resolver."""

    def __init__(self, look_up: LookUp, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self.found: list[Address] = []
        self.error: OSError | None = None
        self._look_up = look_up
        self.thread = threading.Thread(target=self._ask, name="names", daemon=True)
        self.thread.start()

    def _ask(self) -> None:
        try:
            self.found = self._look_up(self.host, self.port)
        except OSError as error:
            self.error = error
        except UnicodeError:
            # What the IDNA codec says to a name that is none.
            self.error = socket.gaierror(socket.EAI_NONAME, "no such name")
