"""The wire between box and city, with all that passed on it, packed runs unpacked."""

import re
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_CHUNK = 65_536
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
"""What a packed body may begin with."""


class RecordedLine:
    """Passes everything on to `target_port`; each way of each connection is a file of its own in `folder`."""

    def __init__(self, folder: Path, target_port: int) -> None:
        folder.mkdir()
        self._folder = folder
        self._target_port = target_port
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._count = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    @contextmanager
    def open(self) -> Iterator["RecordedLine"]:
        """Until the block ends."""
        threading.Thread(target=self._accept, daemon=True).start()
        try:
            yield self
        finally:
            self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()

    def unpacked(self) -> list[bytes]:
        """What was packed in it, of all connections in both directions."""
        found = []
        for file in self._folder.iterdir():
            data = file.read_bytes()
            looked_at = memoryview(data)
            for start in (match.start() for match in _ZLIB.finditer(data)):
                inflater = zlib.decompressobj()
                try:
                    plain = inflater.decompress(looked_at[start:])
                except zlib.error:
                    continue  # two bytes of a film that look like it
                if inflater.eof:
                    found.append(plain)
        return found

    def _accept(self) -> None:
        while True:
            try:
                box, _address = self._listening.accept()
            except OSError:
                return
            try:
                city = socket.create_connection(("127.0.0.1", self._target_port), 5)
            except OSError:
                box.close()
                continue
            self._count += 1
            names = [self._folder / f"{self._count:04}-{way}" for way in ("up", "down")]
            threading.Thread(target=_carry, args=(box, city, *names), daemon=True).start()


def _carry(box: socket.socket, city: socket.socket, up: Path, down: Path) -> None:
    with box, city:
        city.settimeout(None)
        answers = threading.Thread(target=_pass_on, args=(city, box, down), daemon=True)
        answers.start()
        _pass_on(box, city, up)
        answers.join()


def _pass_on(source: socket.socket, target: socket.socket, file: Path) -> None:
    with file.open("wb", buffering=0) as record:
        try:
            while data := source.recv(_CHUNK):
                record.write(data)
                target.sendall(data)
        except OSError:
            pass  # one of the ends is gone
        for one, how in ((source, socket.SHUT_RD), (target, socket.SHUT_WR)):
            with suppress(OSError):
                one.shutdown(how)
