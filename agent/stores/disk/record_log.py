"""The second log: every closed record once more, in an append-only file that refills a lost database.

```
records.log   ── frame ── frame ── frame ── torn tail (cut when the log is opened)
frame         MARK (4 bytes) · length (4, big-endian) · CRC-32 of the body (4) · body
body          "<epoch> <seq> <session or 0>\n" · canonical content of study.record
```
Sequence number 0 is no record but something about the box, as JSON with its name in front:
`["station", …]`, who the box is enrolled as, or `["start", seq, chain]`, where the log of an epoch
begins after older records were let go. The last one of each counts.
"""

import logging
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from study.units import Epoch, Seq

log = logging.getLogger(__name__)

MARK = b"\xf5ZX\xff"
"""Two of its bytes never stand in UTF-8, so no content can look like the start of a frame."""
_HEAD = struct.Struct(">4sII")
FRAME_BYTES_MAX = 4 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Frame:
    """One closed record as the log keeps it."""

    epoch: Epoch
    seq: Seq
    """0 for what is no record."""
    session_id: int | None
    content: bytes


def packed(frame: Frame) -> bytes:
    """The bytes of one frame."""
    body = b"%s %d %d\n%s" % (frame.epoch.encode(), frame.seq, frame.session_id or 0, frame.content)
    return _HEAD.pack(MARK, len(body), crc32(body)) + body


class RecordLog:
    """The log's file; whoever holds it is its only writer."""

    def __init__(self, file: Path) -> None:
        """Open, and cut a torn tail. Raises OSError."""
        self.file = file
        self._out = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        sync_folder(file.parent)
        size = os.fstat(self._out).st_size
        self.last, self._end = _last_frame(file, size)
        if self._end < size:
            log.warning("%s: %s torn bytes at the end are cut off", file, size - self._end)
            os.ftruncate(self._out, self._end)
            os.fsync(self._out)

    @property
    def bytes(self) -> int:
        """How long the log is."""
        return self._end

    def append(self, frames: Iterable[Frame]) -> None:
        """All of them are on the disk when this returns, or none. Raises OSError."""
        data = bytearray()
        last = self.last
        for frame in frames:
            data += packed(frame)
            last = frame if frame.seq else last
        try:
            _write_all(self._out, bytes(data), self._end)
            os.fdatasync(self._out)
        except OSError:
            os.ftruncate(self._out, self._end)
            raise
        self._end += len(data)
        self.last = last

    def rewrite(self, frames: Iterable[Frame]) -> None:
        """Put these frames in the place of all; killed midway, the log is the old one. Raises OSError."""
        unfinished = self.file.with_name(self.file.name + ".part")
        unfinished.unlink(missing_ok=True)
        try:
            with unfinished.open("xb") as out:
                for frame in frames:
                    out.write(packed(frame))
                out.flush()
                os.fsync(out.fileno())
            unfinished.replace(self.file)
        finally:
            unfinished.unlink(missing_ok=True)
        sync_folder(self.file.parent)
        os.close(self._out)
        self._out = os.open(self.file, os.O_RDWR | os.O_CLOEXEC)
        self.last, self._end = _last_frame(self.file, os.fstat(self._out).st_size)

    def close(self) -> None:
        os.close(self._out)


def frames(file: Path) -> Iterator[Frame]:
    """Every whole frame in order; damaged ones are passed over. Raises OSError."""
    with file.open("rb") as held:
        for _, frame in _scan(held, 0):
            yield frame


def sync_folder(folder: Path) -> None:
    """Names made, changed and removed in the folder are on the disk when this returns. Raises OSError."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _last_frame(file: Path, size: int) -> tuple[Frame | None, int]:
    """The last record and where the last whole frame ends, read from the end so that starting stays quick."""
    with file.open("rb") as held:
        for start in (max(0, size - _CHUNK_BYTES), 0):
            last, end = None, 0
            for frame_end, frame in _scan(held, start):
                last, end = frame if frame.seq else last, frame_end
            if last is not None:
                return last, end
    return None, end


def _scan(held: BinaryIO, start: int) -> Iterator[tuple[int, Frame]]:
    """Every whole frame after `start` with the offset of its end."""
    held.seek(start)
    buffer, offset, done = b"", start, False
    while not done:
        chunk = held.read(_CHUNK_BYTES)
        done = not chunk
        buffer += chunk
        at = 0
        while (at := buffer.find(MARK, at)) >= 0:
            frame, size, cut_off = _frame_at(buffer, at)
            if cut_off and not done:
                break
            if frame is not None:
                yield offset + at + size, frame
            # A damaged length may point anywhere: only a frame that is whole is stepped over.
            at += size if frame is not None else 1
        kept = at if at >= 0 else max(0, len(buffer) - len(MARK) + 1)
        buffer, offset = buffer[kept:], offset + kept


def _frame_at(buffer: bytes, at: int) -> tuple[Frame | None, int, bool]:
    """The frame at `at`, its size, and whether more bytes could make one of it."""
    if at + _HEAD.size > len(buffer):
        return None, 0, True
    _, length, checksum = _HEAD.unpack_from(buffer, at)
    if length > FRAME_BYTES_MAX:
        return None, 0, False
    end = at + _HEAD.size + length
    if end > len(buffer):
        return None, 0, True
    body = buffer[at + _HEAD.size : end]
    return (_frame(body) if crc32(body) == checksum else None), end - at, False


def _frame(body: bytes) -> Frame | None:
    head, _, content = body.partition(b"\n")
    try:
        epoch, seq, session_id = head.decode("ascii").split(" ")
        return Frame(Epoch(epoch), Seq(int(seq)), int(session_id) or None, content)
    except ValueError:
        return None


def _write_all(out: int, data: bytes | memoryview, at: int) -> None:
    left = memoryview(data)
    while left:
        written = os.pwrite(out, left, at)
        at += written
        left = left[written:]
