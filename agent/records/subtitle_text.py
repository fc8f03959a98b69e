"""The text of subtitles in UTF-8, whatever encoding the file has."""

import codecs

from charset_normalizer import CharsetMatches, from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARROW = "-->"
"""Stands in every cue."""
_WIDE = ("utf-16-le", "utf-16-be")
_CHINESE = ("gb18030", "big5")
"""What Chinese editors write without saying so, the likeliest first: a short text fits several."""


def as_utf8(content: bytes) -> bytes:
    """The same text in UTF-8 without a mark; bytes that are no text in the encoding become U+FFFD."""
    return _text(content).replace("\0", "").encode("utf-8", "replace")


def _text(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    for encoding in _WIDE:
        # At an odd place lies the arrow of the other byte order.
        if (place := content.find(_ARROW.encode(encoding))) >= 0 and place % 2 == 0:
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    fitting = [(match.chaos, _CHINESE.index(match.encoding)) for match in _matches(content)]
    return content.decode(_CHINESE[min(fitting)[1] if fitting else 0], "replace")


def _matches(content: bytes) -> CharsetMatches:
    return from_bytes(content, cp_isolation=list(_CHINESE))
