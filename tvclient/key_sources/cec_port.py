"""An adapter of the kernel's for HDMI-CEC, /dev/cec*, and the calls it understands."""

import os
import struct
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path

from tvclient.key_sources import cec_message
from tvclient.key_sources.cec_message import CecMessage
from tvclient.key_sources.edid import attached_address
from tvclient.key_sources.kernel_call import exchanges, reads, writes

# Structures of linux/cec.h.
CAPS = struct.Struct("@32s32sIII")
LOG_ADDRS = struct.Struct("@4sHBBII15s4s4s4s48sx")
EVENT = struct.Struct("@QIIHH60x")
U16, U32 = struct.Struct("@H"), struct.Struct("@I")

G_CAPS = exchanges("a", 0, CAPS.size)
G_PHYS_ADDR = reads("a", 1, U16.size)
S_PHYS_ADDR = writes("a", 2, U16.size)
G_LOG_ADDRS = reads("a", 3, LOG_ADDRS.size)
S_LOG_ADDRS = exchanges("a", 4, LOG_ADDRS.size)
TRANSMIT = exchanges("a", 5, cec_message.LAYOUT.size)
RECEIVE = exchanges("a", 6, cec_message.LAYOUT.size)
DQEVENT = exchanges("a", 7, EVENT.size)
S_MODE = writes("a", 9, U32.size)

INITIATOR, FOLLOWER = 0x01, 0x10
CAP_PHYS_ADDR, CAP_LOG_ADDRS = 1 << 0, 1 << 1
EVENT_STATE_CHANGE = 1
VERSION_1_4 = 5
VENDOR_NONE = 0xFFFFFFFF
PRIMARY_PLAYBACK, TYPE_PLAYBACK, ALL_PLAYBACK = 4, 3, 0x10
# At most 14 letters of ASCII; television sets show it in their list of inputs.
OSD_NAME = b"Zhanxue"
NO_PHYSICAL = 0xFFFF


@dataclass(frozen=True, slots=True)
class CecState:
    """Where the box is on the line: its physical address (0x1000 is the set's first socket) and its logical
    one. Either is None while there is no cable, or no set that answers."""

    physical: int | None
    logical: int | None


class CecPort:
    """One open adapter; nothing waits. Every method raises OSError when the adapter is gone."""

    def __init__(self, path: Path) -> None:
        """Follows what is said to the box. Raises OSError if it can't be opened or another program has it
        for itself."""
        self.fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            _driver, name, _most, self._capabilities, _version = CAPS.unpack(self._call(G_CAPS, CAPS.size))
            self.name = name.partition(b"\0")[0].decode("utf-8", "replace")
            ioctl(self.fd, S_MODE, U32.pack(INITIATOR | FOLLOWER))
        except OSError:
            os.close(self.fd)
            raise

    def claim(self) -> None:
        """Be a playback device. What another program has made of the adapter stays.

        An adapter of the graphics driver knows its place on the line; one at the USB has to be told.
        """
        if self._capabilities & CAP_PHYS_ADDR and self.state().physical is None:
            address = attached_address()
            if address is not None:
                ioctl(self.fd, S_PHYS_ADDR, U16.pack(address))
        if self._addresses()[3] or not self._capabilities & CAP_LOG_ADDRS:
            return
        one = LOG_ADDRS.pack(
            bytes(4),
            0,
            VERSION_1_4,
            1,
            VENDOR_NONE,
            0,
            OSD_NAME,
            bytes([PRIMARY_PLAYBACK, 0, 0, 0]),
            bytes([TYPE_PLAYBACK, 0, 0, 0]),
            bytes([ALL_PLAYBACK, 0, 0, 0]),
            bytes(48),
        )
        ioctl(self.fd, S_LOG_ADDRS, bytearray(one))

    def state(self) -> CecState:
        """Asked anew each time."""
        (physical,) = U16.unpack(self._call(G_PHYS_ADDR, U16.size))
        addresses, mask, *_rest = self._addresses()
        return CecState(None if physical == NO_PHYSICAL else physical, addresses[0] if mask else None)

    def next_change(self) -> bool | None:
        """Takes one event: True if the state is another one, None when no event waits."""
        try:
            _at, kind, _flags, _physical, _mask = EVENT.unpack(self._call(DQEVENT, EVENT.size))
        except BlockingIOError:
            return None
        return bool(kind == EVENT_STATE_CHANGE)

    def receive(self) -> CecMessage | None:
        """One message. Raises BlockingIOError when none waits; None for what is no message for us."""
        return cec_message.unpack(self._call(RECEIVE, cec_message.LAYOUT.size))

    def transmit(self, message: CecMessage) -> None:
        """Puts it in line; whether anybody hears it is not waited for."""
        ioctl(self.fd, TRANSMIT, bytearray(cec_message.pack(message)))

    def close(self) -> None:
        os.close(self.fd)

    def _addresses(self) -> tuple[bytes, int, int, int]:
        addresses, mask, version, count, *_rest = LOG_ADDRS.unpack(self._call(G_LOG_ADDRS, LOG_ADDRS.size))
        return addresses, mask, version, count

    def _call(self, request: int, size: int) -> bytes:
        answer = bytearray(size)
        ioctl(self.fd, request, answer)
        return bytes(answer)
