"""The text of a guide or of a list of channels, piece by piece, however it is packed and encoded."""

import codecs
import gzip
import lzma
import re
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

PIECE_BYTES = 64 * 1024
TEXT_BYTES_MAX = 4 * 1024 * 1024 * 1024
"""Unpacked; a year of 5,000 channels is a quarter of it."""
_LZMA_BYTES_MAX = 100 * 1024 * 1024
"""What xz -9 needs; a file may ask for gigabytes."""
_LAYERS_MAX = 2
"""A packed file may be packed once more on its way."""
_LOOKED_AT_BYTES = 4 * 1024 * 1024
_GZIP, _XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}\sencoding=["']([A-Za-z0-9._-]{1,40})["']""")
_CHINESE = "gb18030"
"""Holds GBK and GB2312: what Chinese lists and guides are written in when it is not UTF-8."""
_BELIEVED = {
    "gb2312": _CHINESE,
    "gbk": _CHINESE,
    "gb18030": _CHINESE,
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
}
"""What is said of itself by a file in one of these. UTF-8 is said by all kinds; what is wide has a mark."""
_UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")
"""Characters that no XML may hold: one of them would cost the whole guide."""


class PackedTextError(ValueError):
    """What cannot be unpacked, ends in the middle, or is beyond all measure."""


def text_pieces(file: BinaryIO) -> Iterator[str]:
    """The text of a file open at its beginning, which is read twice. Raises PackedTextError, OSError."""
    encoding = _encoding(file)
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for piece in _unpacked(file):
        yield _UNWRITTEN.sub(" ", decoder.decode(piece))
    yield _UNWRITTEN.sub(" ", decoder.decode(b"", True))


def _encoding(file: BinaryIO) -> str:
    """What it says itself, unless it begins with something else; of two that fit, UTF-8."""
    strict = codecs.getincrementaldecoder("utf-8")("strict")
    head, seen, is_utf8 = b"", 0, True
    for piece in _unpacked(file):
        head = head or piece
        seen += len(piece)
        if is_utf8:
            try:
                strict.decode(piece)
            except UnicodeDecodeError:
                is_utf8 = False
        if seen >= _LOOKED_AT_BYTES:
            break
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    declared = _DECLARED.match(head)
    name = "" if declared is None else declared[1].decode("ascii").lower()
    if name in _BELIEVED:
        return _BELIEVED[name]
    return "utf-8" if is_utf8 else _CHINESE


def _unpacked(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    left = TEXT_BYTES_MAX
    try:
        opened: IO[bytes] = file
        for _ in range(_LAYERS_MAX):
            opened = _layer_off(opened)
        while piece := opened.read(PIECE_BYTES):
            left -= len(piece)
            if left < 0:
                raise PackedTextError("more than any guide holds")
            yield piece
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise PackedTextError(f"it cannot be unpacked: {error or 'it ends in the middle'}") from error


def _layer_off(file: IO[bytes]) -> IO[bytes]:
    head = file.read(len(_XZ))
    file.seek(0)
    if head.startswith(_GZIP):
        return gzip.GzipFile(mode="rb", fileobj=file)  # type: ignore[return-value]  # as far as it is used
    if head.startswith(_XZ):
        return _Xz(file)  # type: ignore[return-value]  # likewise
    return file


class _Xz:
    """As `lzma.LZMAFile`, which takes no limit of memory; only what is asked of it here."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._rewind()

    def seek(self, place: int) -> int:
        """To the beginning only."""
        self._file.seek(place)
        self._rewind()
        return place

    def _rewind(self) -> None:
        self._decoder = lzma.LZMADecompressor(lzma.FORMAT_XZ, _LZMA_BYTES_MAX)

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        while not self._decoder.eof:
            given = self._file.read(PIECE_BYTES) if self._decoder.needs_input else b""
            if self._decoder.needs_input and not given:
                raise EOFError("it ends in the middle")
            if found := self._decoder.decompress(given, size):
                return found
        return b""
