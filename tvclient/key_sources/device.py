"""The contract of what keys come from: one device, open, watched together with all others."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from tvclient.remote.key_signal import KeySignal, Standby

Heard = KeySignal | Standby


class Device(Protocol):
    """Used on the thread of the key sources only; nothing here waits. Times are monotonic milliseconds."""

    @property
    def name(self) -> str:
        """What it calls itself."""

    def fileno(self) -> int:
        """What poll() watches for POLLIN and POLLPRI."""

    def take(self, ready: int, now_ms: int) -> Sequence[Heard]:
        """Something is there (poll's bits), a bounded piece of which is taken. Raises OSError when the device
        is gone or broken; then only `end` and `close` follow."""

    def due_ms(self) -> int | None:
        """When `handle_due` is to be called; None while nothing waits."""

    def handle_due(self, now_ms: int) -> Sequence[Heard]:
        """What silence makes known."""

    def end(self) -> Sequence[Heard]:
        """The releases of what is still held."""

    def close(self) -> None:
        """Let go of it."""


Open = Callable[[Path], Device | None]
"""None: not a device of this kind. Raises OSError if it can't be opened now."""
