"""One message on the line of HDMI-CEC, as the kernel hands it over."""

import struct
from dataclasses import dataclass

# struct cec_msg of linux/cec.h: tx_ts, rx_ts, len, timeout, sequence, flags, msg[16], reply, rx_status,
# tx_status and four counts.
LAYOUT = struct.Struct("@QQIIII16s7Bx")
BROADCAST = 15
MAX_BYTES = 16


@dataclass(frozen=True, slots=True)
class CecMessage:
    """Logical addresses 0 to 15; `opcode` is None for a poll, which only asks whether somebody is there."""

    initiator: int
    destination: int
    opcode: int | None = None
    operands: bytes = b""

    @property
    def is_broadcast(self) -> bool:
        return self.destination == BROADCAST

    def reply(self, opcode: int, operands: bytes = b"") -> "CecMessage":
        """From whom this message was for, to whom it came from."""
        return CecMessage(self.destination, self.initiator, opcode, operands)


def unpack(data: bytes) -> CecMessage | None:
    """What was received; None for the result of something sent, which comes the same way."""
    (_sent_at, _at, length, _timeout, _sequence, _flags, payload, _reply, _received, sent, *_counts) = (
        LAYOUT.unpack(data)
    )
    if sent or not 1 <= length <= MAX_BYTES:
        return None
    opcode = payload[1] if length > 1 else None
    return CecMessage(payload[0] >> 4, payload[0] & 15, opcode, payload[2:length])


def pack(message: CecMessage) -> bytes:
    """What CEC_TRANSMIT takes."""
    head = bytes([message.initiator << 4 | message.destination])
    payload = head if message.opcode is None else head + bytes([message.opcode]) + message.operands
    return LAYOUT.pack(0, 0, len(payload), 0, 0, 0, payload, *bytes(7))
