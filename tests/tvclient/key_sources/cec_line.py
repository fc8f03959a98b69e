"""A line of HDMI-CEC on a socket pair: messages as the kernel hands them over, and what the box sends."""

import errno
import os
import socket
import struct

from tvclient.key_sources.cec_message import CecMessage, pack, unpack
from tvclient.key_sources.cec_port import CecPort, CecState

TV, BOX, ALL = 0, 4, 15
# linux/cec.h, written out here once more: tx_ts, rx_ts, len, timeout, sequence, flags, msg[16], reply,
# rx_status, tx_status, tx_arb_lost_cnt, tx_nack_cnt, tx_low_drive_cnt, tx_error_cnt, one byte of padding.
MESSAGE = struct.Struct("@QQIIII16sBBBBBBBx")
RX_STATUS_OK = TX_STATUS_OK = 1


def received(*payload: int) -> bytes:
    """What CEC_RECEIVE gives for these bytes on the line."""
    data = bytes(payload)
    return MESSAGE.pack(0, 5_000_000_000, len(data), 0, 0, 0, data, 0, RX_STATUS_OK, 0, 0, 0, 0, 0)


def sent(*payload: int) -> bytes:
    """What CEC_RECEIVE gives when something the box sent has been taken by the set."""
    data = bytes(payload)
    return MESSAGE.pack(5_000_000_000, 0, len(data), 0, 7, 0, data, 0, 0, TX_STATUS_OK, 0, 0, 0, 0)


class LinePort(CecPort):
    """`physical` and `logical` are the box's place on the line; `replies` what it has sent."""

    def __init__(self, physical: int | None = 0x1000, logical: int | None = BOX) -> None:
        self.name = "Pulse-Eight"
        self.physical, self.logical = physical, logical
        self.replies: list[CecMessage] = []
        self.claimed = 0
        self.fails_with = 0
        self.changes = 0
        self._set, self._box = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._box.setblocking(False)
        self.fd = self._box.fileno()

    def say(self, *payload: int) -> None:
        """The set, or another device, sends this."""
        self._set.send(received(*payload))

    def say_raw(self, data: bytes) -> None:
        self._set.send(data)

    def claim(self) -> None:
        self.claimed += 1

    def state(self) -> CecState:
        return CecState(self.physical, self.logical)

    def next_change(self) -> bool | None:
        if not self.changes:
            return None
        self.changes -= 1
        return True

    def receive(self) -> CecMessage | None:
        data = self._box.recv(MESSAGE.size)
        if not data:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return unpack(data)

    def transmit(self, message: CecMessage) -> None:
        if self.fails_with:
            raise OSError(self.fails_with, os.strerror(self.fails_with))
        again = unpack(received(*MESSAGE.unpack(pack(message))[6][: MESSAGE.unpack(pack(message))[2]]))
        assert again == message
        self.replies.append(message)

    def vanish(self) -> None:
        self._set.close()

    def close(self) -> None:
        self._set.close()
        self._box.close()
