"""How large a picture says it is, before anything of it is decoded."""

from struct import unpack_from

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG's frame; the three left out are tables."""
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
"""Markers without a length."""


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in px of a PNG or JPEG; None for anything else."""
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = unpack_from(">II", data, 16)
        return width, height
    return _jpeg_size(data) if data.startswith(_JPEG) else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF:
            return None
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
        elif marker in _FRAMES:
            height, width = unpack_from(">HH", data, at + 5)
            return width, height
        else:
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
    return None
