"""A server that takes its time: it accepts, and then does what a test tells it, or nothing."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Conversation = Callable[[socket.socket], None]


class DullServer:
    """Each line it is called on goes to `talk`, in a thread of its own; without one nothing is said."""

    def __init__(self, talk: Conversation | None = None, receive_bytes: int | None = None) -> None:
        self._door = socket.socket()
        if receive_bytes is not None:
            self._door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self._door.bind(("127.0.0.1", 0))
        self._door.listen()
        self.address = f"127.0.0.1:{self._door.getsockname()[1]}"
        self.calls = 0
        self._talk = talk
        self._lines: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Hang up on everybody."""
        for held in (self._door, *self._lines):
            held.close()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            self.calls += 1
            self._lines.append(line)
            if self._talk is not None:
                threading.Thread(target=self._answer, args=(line, self._talk), daemon=True).start()

    def _answer(self, line: socket.socket, talk: Conversation) -> None:
        try:
            talk(line)
        except OSError:
            return
        finally:
            line.close()


@contextmanager
def dull_server(talk: Conversation | None = None, receive_bytes: int | None = None) -> Iterator[DullServer]:
    """One for the length of the block."""
    held = DullServer(talk, receive_bytes)
    try:
        yield held
    finally:
        held.close()
