"""Kivy's own copy of SDL2, asked for what Kivy does not pass on."""

import ctypes
import logging
import math
import time
from ctypes import c_int, c_uint8, c_void_p
from pathlib import Path

log = logging.getLogger(__name__)

MAPS = Path("/proc/self/maps")
LIBRARY = "libSDL2-2"
USER_EVENT = 0x8000  # SDL_USEREVENT: the window ignores it, waiting ends
EVENT_BYTES = 56  # sizeof(SDL_Event), held by an assertion in SDL itself
WITHOUT_SDL_S = 0.016


class Rect(ctypes.Structure):
    """SDL_Rect."""

    _fields_ = (("x", c_int), ("y", c_int), ("w", c_int), ("h", c_int))


class Sdl:
    """Sleeping, and the size of the desktop.

    Kivy looks for keys once a frame, sixty times a second, whether there are any or not. On a weak box
    that costs more than the whole home screen, and a key waits for up to a frame. SDL can sleep on the
    window's own connection instead.
    """

    def __init__(self) -> None:
        self._sdl = _sdl_in_this_process()
        if self._sdl is None:
            log.warning("找不到窗口库 SDL2，改为每 16 毫秒查看一次按键；会多用一点处理器。")

    def desktop_size_px(self) -> tuple[int, int] | None:
        """Width and height of the first display; None if SDL does not tell."""
        bounds = Rect()
        if self._sdl is None or self._sdl.SDL_GetDisplayBounds(0, ctypes.byref(bounds)) != 0:
            return None
        return bounds.w, bounds.h

    def wait(self, timeout_s: float) -> None:
        """Return at an event, which stays in its queue, at `wake`, or after `timeout_s`."""
        if self._sdl is None:
            time.sleep(min(timeout_s, WITHOUT_SDL_S))
        else:
            self._sdl.SDL_WaitEventTimeout(None, max(1, math.ceil(timeout_s * 1000)))

    def wake(self) -> None:
        """End a wait from any thread, or the next one if there is none now."""
        if self._sdl is not None:
            event = (c_uint8 * EVENT_BYTES)()
            ctypes.cast(event, ctypes.POINTER(ctypes.c_uint32))[0] = USER_EVENT
            self._sdl.SDL_PushEvent(ctypes.byref(event))


def _sdl_in_this_process() -> ctypes.CDLL | None:
    """The library that Kivy has loaded: a wheel brings its own, a distribution uses the system's."""
    for line in MAPS.read_text().splitlines():
        path = line.rpartition(" ")[2]
        if Path(path).name.startswith(LIBRARY):
            sdl = ctypes.CDLL(path)
            sdl.SDL_WaitEventTimeout.argtypes = [c_void_p, c_int]
            sdl.SDL_GetDisplayBounds.argtypes = [c_int, c_void_p]
            sdl.SDL_PushEvent.argtypes = [c_void_p]
            return sdl
    return None
