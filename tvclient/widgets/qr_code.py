"""An address as a QR code that phones read from across the room."""

import segno
from kivy.core.image import ImageData
from kivy.graphics.texture import Texture
from kivy.properties import StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush
from tvclient.widgets.sheet import Sheet

SIDE_PX = 368
QUIET = 4
"""Modules of white around it, as ISO/IEC 18004 asks for."""
DARK, LIGHT = b"\x00\x00\x00\xff", b"\xff\xff\xff\xff"


class QrCode(Sheet):
    """368×368; nothing without an address."""

    REPAINT_ON = ("address",)
    address = StringProperty("")

    def paint(self, brush: Brush) -> None:
        if not self.address:
            return
        texture = qr_texture(self.address)
        # Each module as wide as every other one: else a phone at the back of the room misreads some.
        side = SIDE_PX // texture.width * texture.width
        brush.box(0, 0, SIDE_PX, SIDE_PX, theme.WHITE, theme.RADIUS_TILE)
        brush.picture((SIDE_PX - side) // 2, (SIDE_PX - side) // 2, side, side, texture)


def qr_texture(address: str) -> Texture:
    """One pixel a module, the quiet zone with it; stays sharp however large it is drawn."""
    rows = segno.make_qr(address, error="l").matrix_iter(border=QUIET)
    lines = [b"".join(DARK if module else LIGHT for module in row) for row in rows]
    texture = Texture.create_from_data(ImageData(len(lines), len(lines), "rgba", b"".join(lines)))
    texture.min_filter = texture.mag_filter = "nearest"
    return texture
