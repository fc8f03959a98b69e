"""The description that a television set gives of itself over HDMI."""


def set_edid(address: int, before: bytes = b"") -> bytes:
    """Two blocks of 128 bytes: VESA's, then CTA-861's with the blocks of data `before` and HDMI's own."""
    head = bytearray(128)
    head[:8] = b"\x00\xff\xff\xff\xff\xff\xff\x00"
    head[18:20], head[20], head[126] = b"\x01\x03", 0x80, 1
    data = before + b"\x65\x03\x0c\x00" + address.to_bytes(2, "big")
    more = bytearray(128)
    more[:3] = bytes([2, 3, 4 + len(data)])
    more[4 : 4 + len(data)] = data
    for block in (head, more):
        block[127] = -sum(block) % 256
    return bytes(head + more)
