"""Watches on the X server when a picture is put into a window."""

import os
import select
import threading
from typing import Any

from Xlib.display import Display
from Xlib.error import ConnectionClosedError
from Xlib.ext import damage

from tvclient.playback.picture import OnPut

UNHEARD_S = 0.5


class PutWatch:
    """Calls `on_put` on a thread of its own, whenever something was drawn into the window or what lies in it.

    The Damage extension tells it once, until it is told that this was noted: one message for each picture,
    whatever is cut out of it. Where the server has no such extension it never calls. While the next picture
    does not matter nothing is noted for a while: to hear of each costs as much as a tenth of its decoding.
    """

    def __init__(self, xid: int, display_name: str, on_put: OnPut) -> None:
        self._on_put = on_put
        self._display = Display(display_name)
        self._damage: Any = None
        self._thread: threading.Thread | None = None
        self._leave_fd, self._left_fd = os.pipe()
        if self._display.has_extension("DAMAGE"):
            self._display.damage_query_version()
            self._display.set_error_handler(_window_is_gone)
            window = self._display.create_resource_object("window", xid)
            self._damage = window.damage_create(damage.DamageReportNonEmpty)
            self._display.sync()
            self._thread = threading.Thread(target=self._run, name="puts", daemon=True)
            self._thread.start()

    def close(self) -> None:
        os.close(self._left_fd)
        if self._thread is not None:
            self._thread.join()
        os.close(self._leave_fd)
        self._display.close()

    def _run(self) -> None:
        while self._handle_one_put():
            pass

    def _handle_one_put(self) -> bool:
        """False when it is to end, or the server has gone."""
        try:
            while not self._display.pending_events():
                ready, _, _ = select.select([self._display, self._leave_fd], [], [])
                if self._leave_fd in ready:
                    return False
            if self._display.next_event().type == self._display.extension_event.DamageNotify:
                if not self._on_put() and self._is_left_within(UNHEARD_S):
                    return False
                self._display.damage_subtract(self._damage)
                self._display.flush()
        except (ConnectionClosedError, OSError):
            return False
        return True

    def _is_left_within(self, seconds: float) -> bool:
        return bool(select.select([self._leave_fd], [], [], seconds)[0])


def _window_is_gone(*_error: object) -> None:
    """Nothing is drawn into it any more."""
