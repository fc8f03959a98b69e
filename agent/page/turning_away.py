"""Turning away: for a while the kernel drops what a flooding address sends, before anybody reads it."""

import asyncio
import ctypes
import logging
import socket
import struct

from agent.errors import cause
from agent.page.buckets import Buckets

log = logging.getLogger(__name__)

REFUSED_AT_ONCE, REFUSED_PER_S = 100, 20
"""Connections closed unread: no browser tries as often, and closing them costs next to nothing."""
AWAY_S = 5.0
_AWAY_MAX = 64
_SO_ATTACH_FILTER, _SO_DETACH_FILTER = 26, 27
_LOAD_WORD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_SOURCE_ADDRESS = 0xFFF00000 + 12
"""SKF_NET_OFF: from the beginning of the IPv4 header."""
_WHOLE = 0xFFFFFFFF


class TurningAway:
    """Of one listening socket; everything on the thread of its event loop.

    A queue that one phone keeps full makes the kernel drop everybody's first packet, and a phone repeats it
    only after a second. A filter is looked at before that queue.
    """

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self._refused = Buckets(REFUSED_AT_ONCE, REFUSED_PER_S)
        self._away: set[str] = set()

    def note_refused(self, address: str, now_ms: int, loop: asyncio.AbstractEventLoop) -> None:
        """A connection of this address was closed unread."""
        if self._refused.take(address, now_ms) or address in self._away or len(self._away) >= _AWAY_MAX:
            return
        self._away.add(address)
        if self._filtered():
            loop.call_later(AWAY_S, self._let_back, address)

    def _let_back(self, address: str) -> None:
        self._away.discard(address)
        self._filtered()

    def _filtered(self) -> bool:
        """Whether the kernel knows of all that are away; where it takes no filter, nobody is."""
        try:
            if self._away:
                _attach(self._listening, program(self._away))
            else:
                self._listening.setsockopt(socket.SOL_SOCKET, _SO_DETACH_FILTER, 0)
        except OSError as error:
            log.warning("the kernel takes no filter for the page: %s", cause(error))
            return False
        return True


def program(away: set[str]) -> bytes:
    """Classic BPF: nothing of a packet from these addresses is kept, and all of any other."""
    lines = [(_LOAD_WORD, 0, 0, _SOURCE_ADDRESS)]
    for address in sorted(away):
        (number,) = struct.unpack("!I", socket.inet_aton(address))
        lines += [(_JUMP_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, 0)]
    lines.append((_RETURN, 0, 0, _WHOLE))
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def _attach(listening: socket.socket, lines: bytes) -> None:
    held = ctypes.create_string_buffer(lines, len(lines))
    told = struct.pack("HP", len(lines) // 8, ctypes.addressof(held))
    listening.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, told)
