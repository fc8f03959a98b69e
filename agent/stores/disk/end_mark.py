"""The mark in the data folder that tells a start how the run before it ended."""

import logging
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from study.units import BootId

log = logging.getLogger(__name__)

_WIDTH = 64
"""Always as long: written over in place it needs no room on a full disk."""


class End(StrEnum):
    """How a run ended, as far as it could still say."""

    STOPPED = "stopped"
    RUNNING = "running"
    """Cut off: power, a kill, a crash."""
    DAMAGED = "damaged"
    """SQLite met a damaged page."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LastEnd:
    end: End
    boot: BootId


class EndMark:
    """One line in a small file, made durable at every change."""

    def __init__(self, file: Path, boot: BootId) -> None:
        self._file = file
        self._boot = boot

    def read(self) -> LastEnd:
        """How the run before ended."""
        try:
            end, _, boot = self._file.read_text(encoding="ascii").strip().partition(" ")
            return LastEnd(End(end), BootId(boot))
        except (OSError, ValueError):
            return LastEnd(End.UNKNOWN, BootId(""))

    def write(self, end: End) -> None:
        """Never raises: without a mark the next start looks closely, which is right."""
        line = f"{end} {self._boot}".ljust(_WIDTH - 1) + "\n"
        try:
            out = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.pwrite(out, line.encode("ascii"), 0)
                os.fdatasync(out)
            finally:
                os.close(out)
        except OSError as error:
            log.warning("%s not written (%s)", self._file, error.strerror)
