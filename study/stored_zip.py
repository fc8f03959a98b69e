"""A zip of stored files in one fixed form: the same files are the same bytes, and no other bytes pass.

Any unzip program opens it. Reading is strict on purpose: what one program repacks or another cuts
off does not pass, and nothing in it can be larger than the bytes themselves.
"""

import struct
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from zlib import crc32

Entry = tuple[str, bytes]
"""Name in ASCII, and content."""

MAGIC = b"PK\x03\x04"
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_NEEDS = 20
_MIDNIGHT_1980 = (0, 0x21)
"""Time and day as FAT writes them: boxes have no clock to trust."""
_ENTRIES_MAX = 0xFFFF


class TornZipError(ValueError):
    """Not the whole, unchanged bytes of such a zip."""


def zipped(entries: Iterable[Entry]) -> bytes:
    """The entries as a zip. Raises ValueError for more than 65,535 of them."""
    held = list(entries)
    if len(held) > _ENTRIES_MAX:
        raise ValueError("a zip of this form holds at most 65,535 files")
    locals_ = [_local(name, content) + content for name, content in held]
    return b"".join(locals_) + _directory(held)


def unzipped(data: bytes) -> list[Entry]:
    """The entries that `zipped` made `data` of. Raises TornZipError for any other bytes."""
    entries = list(islice(_entries(data), _ENTRIES_MAX))
    end = sum(_LOCAL.size + len(name) + len(content) for name, content in entries)
    if data[end:] != _directory(entries):
        raise TornZipError("the directory at the end is missing, changed or followed by something")
    return entries


def _entries(data: bytes) -> Iterator[Entry]:
    at = 0
    while data.startswith(MAGIC, at):
        if len(data) < at + _LOCAL.size:
            raise TornZipError("cut off in a heading")
        *_, size, name_size, _ = _LOCAL.unpack_from(data, at)
        start = at + _LOCAL.size + name_size
        name = data[at + _LOCAL.size : start].decode("ascii", "replace")
        content = data[start : start + size]
        if len(content) != size or data[at:start] != _local(name, content):
            raise TornZipError("cut off, or changed on the way")
        yield name, content
        at = start + size


def _facts(name: str, content: bytes) -> tuple[int, ...]:
    """What both headings say: needs, flags, method, time, day, CRC, size twice, length of name, no more."""
    size = len(content)
    return (_NEEDS, 0, 0, *_MIDNIGHT_1980, crc32(content), size, size, len(name), 0)


def _local(name: str, content: bytes) -> bytes:
    return _LOCAL.pack(MAGIC, *_facts(name, content)) + name.encode("ascii", "replace")


def _directory(entries: list[Entry]) -> bytes:
    sizes = (_LOCAL.size + len(name) + len(content) for name, content in entries)
    starts = list(accumulate(sizes, initial=0))
    rows = [
        _CENTRAL.pack(b"PK\x01\x02", _NEEDS, *_facts(name, content), 0, 0, 0, 0, start) + name.encode("ascii")
        for (name, content), start in zip(entries, starts, strict=False)
    ]
    body = b"".join(rows)
    return body + _END.pack(b"PK\x05\x06", 0, 0, len(rows), len(rows), len(body), starts[-1], 0)
