"""Streams of real remotes as the kernel sends them, and pipes that stand where their devices would."""

import os
import struct
from collections.abc import Iterable
from pathlib import Path

from tvclient.key_sources.evdev_device import InputNode

# linux/input.h, written out here once more: struct timeval of two longs, __u16 type, __u16 code, __s32 value.
EVENT = struct.Struct("@llHHi")
TYPES = {"SYN": 0, "KEY": 1, "REL": 2, "MSC": 4}
CODES = {
    "REPORT": 0,
    "DROPPED": 3,
    "SCAN": 4,
    "X": 0,
    "1": 2,
    "ENTER": 28,
    "A": 30,
    "UP": 103,
    "RIGHT": 106,
    "DOWN": 108,
    "UNKNOWN": 240,
    "OK": 0x160,
    "BACK": 158,
    "BTN_LEFT": 0x110,
    "VENDOR": 0x2F0,
}

# Modelled on gpio_ir_recv with rc-core's NEC decoder, keymap rc-tivo: each press is a scan code and a key in
# one report, rc-core lets go about 130 ms after the last frame.
INFRARED_TAP = (
    "0.000 MSC SCAN 0x3085f009; 0.000 KEY OK 1; 0.000 SYN REPORT 0; 0.131 KEY OK 0; 0.131 SYN REPORT 0"
)
# The same remote, a key held: rc_repeat() tells the scan code of each frame (108 ms), the input core's own
# repeats begin after 500 ms and come every 125 ms (REP_DELAY, REP_PERIOD of rc-core).
INFRARED_HELD = (
    "0.000 MSC SCAN 0x3085f014; 0.000 KEY DOWN 1; 0.000 SYN REPORT 0;"
    "0.108 MSC SCAN 0x3085f014; 0.108 SYN REPORT 0; 0.216 MSC SCAN 0x3085f014; 0.216 SYN REPORT 0;"
    "0.500 KEY DOWN 2; 0.500 SYN REPORT 1; 0.625 KEY DOWN 2; 0.625 SYN REPORT 1;"
    "0.750 KEY DOWN 0; 0.750 SYN REPORT 0"
)
# A key of the same remote that its keymap does not know: ir_do_keydown() with KEY_RESERVED sends the scan
# code alone, once a frame, and no release.
INFRARED_UNKNOWN = "".join(
    f"{at / 1000:.3f} MSC SCAN 0x81b; {at / 1000:.3f} SYN REPORT 0;" for at in (0, 108, 216)
)
# Modelled on a Bluetooth remote on hid-generic: usage and key in one report.
BLUETOOTH_TAP = (
    "0.000 MSC SCAN 0xc0224; 0.000 KEY BACK 1; 0.000 SYN REPORT 0;"
    "0.070 MSC SCAN 0xc0224; 0.070 KEY BACK 0; 0.070 SYN REPORT 0"
)
# The same, a usage that hid-input has no key for: KEY_UNKNOWN.
BLUETOOTH_UNKNOWN = BLUETOOTH_TAP.replace("0xc0224", "0xc0418").replace("BACK", "UNKNOWN")
# Modelled on a USB keyboard (usbhid, REP_DELAY 250, REP_PERIOD 33): held right arrow.
KEYBOARD_HELD = (
    "0.000 MSC SCAN 0x7004f; 0.000 KEY RIGHT 1; 0.000 SYN REPORT 0; 0.250 KEY RIGHT 2; 0.250 SYN REPORT 1;"
    "0.283 KEY RIGHT 2; 0.283 SYN REPORT 1; 0.300 MSC SCAN 0x7004f; 0.300 KEY RIGHT 0; 0.300 SYN REPORT 0"
)


def packed(recording: str) -> list[tuple[int, bytes]]:
    """Each event of a recording with its time in ms, as the bytes that read() gives."""
    return [
        (at_ms, EVENT.pack(at_ms // 1000, at_ms % 1000 * 1000, *event)) for at_ms, *event in _lines(recording)
    ]


def stream(recording: str) -> bytes:
    """The whole recording."""
    return b"".join(data for _, data in packed(recording))


def _lines(recording: str) -> Iterable[tuple[int, int, int, int]]:
    for line in recording.split(";"):
        if line.strip():
            at_s, kind, code, value = line.split()
            yield round(float(at_s) * 1000), TYPES[kind], CODES[code], int(value, 0)


class PipeNode(InputNode):
    """What an input device says of itself, on a named pipe."""

    def __init__(self, path: Path, name: str = "gpio_ir_recv", keys: Iterable[int] = (0x160,)) -> None:
        self.fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        self.name = name
        self.keys = frozenset(keys)
        self.held_now: frozenset[int] | None = None
        self.grabbed = False

    def held(self) -> frozenset[int] | None:
        return self.held_now

    def grab(self) -> None:
        self.grabbed = True
