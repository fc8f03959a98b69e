"""The wire between box and city, with all that passed on it, packed runs unpacked."""

import re
import zlib
from pathlib import Path

from bench.line import Connection, Line
from demo.house import free_port

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
"""What a packed body may begin with."""


class _Recorded(Connection):
    """Each way is a file of its own."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._up, self._down = (file.with_suffix(way) for way in (".up", ".down"))

    def note_up(self, data: bytes, now_s: float) -> None:
        super().note_up(data, now_s)
        _append(self._up, data)

    def note_down(self, data: bytes, now_s: float) -> None:
        super().note_down(data, now_s)
        _append(self._down, data)


class RecordedLine(Line):
    """Passes everything on to `target_port`, and writes it into `folder`."""

    def __init__(self, folder: Path, target_port: int) -> None:
        super().__init__(free_port(), target_port, self._new_connection)
        folder.mkdir()
        self._folder = folder

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

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

    def _new_connection(self) -> Connection:
        return _Recorded(self._folder / f"{len(self.connections):04}")


def _append(file: Path, data: bytes) -> None:
    with file.open("ab") as record:
        record.write(data)
