"""An HLS playlist with its addresses made whole, so that it can be read in another place."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, urljoin

_BYTES_MAX = 8_000_000
"""A short line becomes as long as the address of its playlist."""
_URI = re.compile(r'(?<=[:,\s])URI="([^"]+)"')
_VARIANT = "#EXT-X-STREAM-INF:"
"""The next line that is no tag is the address of a playlist (RFC 8216, 4.3.4.2)."""
_OF_PLAYLISTS = ("#EXT-X-MEDIA:", "#EXT-X-I-FRAME-STREAM-INF:")
_KEPT = "%!#$&'()*+,/:;=?@[]~"
"""Characters with a meaning of their own in an address (RFC 3986, 2.2)."""

Led = Callable[[str], str]


def readdressed(playlist: bytes, base: str, led: Led) -> bytes:
    """`base` is where it was found. Whole addresses of other playlists become what `led` makes of them.

    Its titles stay as they are, in whatever encoding. Raises ValueError when it becomes too long.
    """
    lines, left = [], _BYTES_MAX
    for line in _lines(playlist.decode("utf-8-sig", "surrogateescape"), base, led):
        lines.append(line)
        left -= len(line)
        if left < 0:
            raise ValueError("a playlist that becomes too long")
    return "\n".join([*lines, ""]).encode("utf-8", "surrogateescape")


def absolute(address: str, base: str) -> str:
    """Where `address` leads from `base`; blanks, Chinese and the like in it become percent signs."""
    try:
        joined = urljoin(base, address)
    except ValueError:
        return address  # No address at all; whoever reads it finds nothing there.
    return quote(joined, safe=_KEPT, errors="surrogateescape")


def _lines(text: str, base: str, led: Led) -> Iterator[str]:
    names_playlist = False
    for line in map(str.strip, text.split("\n")):
        if line.startswith("#"):
            names_playlist = names_playlist or line.startswith(_VARIANT)
            yield _tag(line, base, led)
        elif line:
            address = absolute(line, base)
            yield led(address) if names_playlist else address
            names_playlist = False


def _tag(line: str, base: str, led: Led) -> str:
    """A tag has each attribute once."""

    def whole(found: re.Match[str]) -> str:
        address = absolute(found[1], base)
        return f'URI="{led(address) if line.startswith(_OF_PLAYLISTS) else address}"'

    return _URI.sub(whole, line, count=1)
