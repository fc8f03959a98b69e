"""A line that holds packets back now and then and hands them over in a burst."""

import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.tvclient.streams.broadcaster import free_port

HELD_S, EVERY_S = 0.8, 3.0
BETWEEN_S = 0.0005
"""Packets held back arrive one after the other, as on a line of 20 Mbit/s."""


@contextmanager
def running_jitter_line(url: str) -> Iterator[str]:
    """Takes what is sent to the udp:// address `url`; gives the one where it arrives, up to 0.8 s late."""
    port, over = free_port(), threading.Event()
    with socket.socket(type=socket.SOCK_DGRAM) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        line.bind(("127.0.0.1", urlsplit(url).port or 0))
        line.settimeout(0.02)
        carrier = threading.Thread(target=_carry, args=(line, ("127.0.0.1", port), over))
        carrier.start()
        try:
            yield f"udp://127.0.0.1:{port}"
        finally:
            over.set()
            carrier.join()


def _carry(line: socket.socket, to: tuple[str, int], over: threading.Event) -> None:
    held: deque[bytes] = deque()
    began = time.monotonic()
    while not over.is_set():
        with suppress(TimeoutError):
            held.append(line.recv(2048))
        if (time.monotonic() - began) % EVERY_S < HELD_S:
            continue
        while held:
            line.sendto(held.popleft(), to)
            if held:
                time.sleep(BETWEEN_S)
