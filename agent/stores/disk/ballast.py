"""The ballast: room on the disk that is kept only to be given up."""

import os
import shutil
from pathlib import Path

BALLAST_BYTES = 16 * 1024 * 1024
_RESERVE_BYTES = 1024 * 1024
"""What SQLite needs to open a database at all; taken again from what the WAL gives back at the end."""
_PLENTY_BYTES = 200_000_000


class Ballast:
    """A file of real blocks in the data folder."""

    def __init__(self, data_folder: Path) -> None:
        self._file = data_folder / "ballast"

    def give_up(self) -> bool:
        """Let go of it. False when there was none. Raises OSError."""
        try:
            self._file.unlink()
        except FileNotFoundError:
            return False
        return True

    def refill(self) -> bool:
        """Make it again where there is plenty of room. Whether it was made now."""
        if self._held() >= BALLAST_BYTES or shutil.disk_usage(self._file.parent).free < _PLENTY_BYTES:
            return False
        return self._take(BALLAST_BYTES)

    def keep_reserve(self) -> None:
        """Hold on to a little, so that the next start finds room on a disk that others fill."""
        if not self._held():
            self._take(_RESERVE_BYTES)

    def _held(self) -> int:
        return self._file.stat().st_size if self._file.exists() else 0

    def _take(self, size: int) -> bool:
        try:
            out = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.posix_fallocate(out, 0, size)
            finally:
                os.close(out)
        except OSError:
            self._file.unlink(missing_ok=True)
            return False
        return True
