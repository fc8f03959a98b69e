"""At which socket of the television set the box is plugged in, as the set itself tells over HDMI."""

from pathlib import Path

DISPLAYS = Path("/sys/class/drm")

BLOCK_BYTES = 128
HEAD = b"\x00\xff\xff\xff\xff\xff\xff\x00"
# CTA-861: an extension with data blocks from its fifth byte on; the vendor's block of HDMI has this number.
CTA_EXTENSION = 0x02
VENDOR_BLOCK = 3
HDMI_VENDOR = b"\x03\x0c\x00"


def physical_address(edid: bytes) -> int | None:
    """The address on the line of HDMI-CEC in this description of a set, 0x1000 to 0xFFFE; None without."""
    if not edid.startswith(HEAD):
        return None
    for start in range(BLOCK_BYTES, len(edid) - BLOCK_BYTES + 1, BLOCK_BYTES):
        block = edid[start : start + BLOCK_BYTES]
        if block[0] == CTA_EXTENSION:
            address = _in_data_blocks(block[4 : max(4, block[2])])
            if address is not None:
                return address
    return None


def attached_address(displays: Path = DISPLAYS) -> int | None:
    """Of the one set that is plugged in; None without one, or with several that say different things."""
    found = {physical_address(path.read_bytes()) for path in displays.glob("card*-*/edid")} - {None}
    return found.pop() if len(found) == 1 else None


def _in_data_blocks(data: bytes) -> int | None:
    at = 0
    while at < len(data):
        kind, size = data[at] >> 5, data[at] & 0x1F
        payload = data[at + 1 : at + 1 + size]
        if kind == VENDOR_BLOCK and payload.startswith(HDMI_VENDOR) and len(payload) >= 5:
            address = int.from_bytes(payload[3:5], "big")
            return address if 0 < address < 0xFFFF else None
        at += 1 + size
    return None
