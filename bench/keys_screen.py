"""The screen through MIT-SHM: grabbed into memory that is shared with the X server."""

import ctypes
from ctypes import c_char, c_int, c_size_t, c_void_p
from typing import Any

from Xlib import X
from Xlib.protocol import rq

EXTENSION = "MIT-SHM"
PIXEL_BYTES = 4
PATCH_PX = 40
ALL_PLANES = 0xFFFFFFFF
# <sys/ipc.h>
IPC_PRIVATE, IPC_RMID, IPC_CREAT, MINE_ONLY = 0, 0, 0o1000, 0o600
NOWHERE = c_void_p(-1).value or 0

_C = ctypes.CDLL(None, use_errno=True)
_C.shmget.argtypes = [c_int, c_size_t, c_int]
_C.shmat.argtypes = [c_int, c_void_p, c_int]
_C.shmat.restype = c_void_p
_C.shmdt.argtypes = [c_void_p]
_C.memcmp.argtypes = [c_void_p, c_void_p, c_size_t]


class _Attach(rq.Request):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(1),
        rq.RequestLength(),
        rq.Card32("segment"),
        rq.Card32("shmid"),
        rq.Bool("read_only"),
        rq.Pad(3),
    )


class _GetImage(rq.ReplyRequest):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(4),
        rq.RequestLength(),
        rq.Drawable("drawable"),
        rq.Int16("x"),
        rq.Int16("y"),
        rq.Card16("width"),
        rq.Card16("height"),
        rq.Card32("plane_mask"),
        rq.Card8("format"),
        rq.Pad(3),
        rq.Card32("segment"),
        rq.Card32("offset"),
    )
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Card8("depth"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Card32("visual"),
        rq.Card32("size"),
        rq.Pad(16),
    )


class SharedScreen:
    """Keeps the screen as it was seen last; python-xlib has no MIT-SHM of its own.

    Whole rows are grabbed and compared, never a picture as a Python object: of a whole screen that takes
    a few milliseconds, most of it the server's. Raises OSError where there is no such memory.
    """

    def __init__(self, display: Any) -> None:
        self._display = display.display
        self._root = display.screen().root
        size = self._root.get_geometry()
        self.height = size.height
        self._width, self._row_bytes = size.width, size.width * PIXEL_BYTES
        self._seen = (c_char * (self._row_bytes * self.height))()
        self._opcode = display.query_extension(EXTENSION).major_opcode
        self._segment = self._display.allocate_resource_id()
        shmid = _C.shmget(IPC_PRIVATE, len(self._seen), IPC_CREAT | MINE_ONLY)
        self._fresh: int = _C.shmat(shmid, None, 0) if shmid >= 0 else NOWHERE
        if self._fresh == NOWHERE:
            raise OSError(ctypes.get_errno(), "no memory to share with the X server")
        _Attach(
            display=self._display, opcode=self._opcode, segment=self._segment, shmid=shmid, read_only=False
        )
        display.sync()
        # It goes with the last of the two that lets go of it, however they end.
        _C.shmctl(shmid, IPC_RMID, None)
        self.refresh(0, self.height)

    def refresh(self, top: int, bottom: int) -> bool:
        """Grab the rows from `top` to before `bottom`; whether a pixel is another one than before."""
        _GetImage(
            display=self._display,
            opcode=self._opcode,
            drawable=self._root,
            x=0,
            y=top,
            width=self._width,
            height=bottom - top,
            plane_mask=ALL_PLANES,
            format=X.ZPixmap,
            segment=self._segment,
            offset=0,
        )
        place = ctypes.addressof(self._seen) + top * self._row_bytes
        count = (bottom - top) * self._row_bytes
        if _C.memcmp(place, self._fresh, count) == 0:
            return False
        ctypes.memmove(place, self._fresh, count)
        return True

    def patches(self) -> tuple[int, ...]:
        """One number for each square of PATCH_PX as seen last, row by row."""
        row, step, seen = self._row_bytes, PATCH_PX * PIXEL_BYTES, memoryview(self._seen).cast("B")
        return tuple(
            hash(b"".join(seen[y * row + x : y * row + min(x + step, row)] for y in lines))
            for lines in (
                range(top, min(top + PATCH_PX, self.height)) for top in range(0, self.height, PATCH_PX)
            )
            for x in range(0, row, step)
        )

    def close(self) -> None:
        """To be called after the connection is closed."""
        _C.shmdt(self._fresh)
