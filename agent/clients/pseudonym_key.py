"""The file with the station's pseudonym key, as the city told it."""

from pathlib import Path

from agent.clients.signing import write_secret

KEY_BYTES = 32


class PseudonymKey:
    """Only its owner reads the file; what is kept in it goes nowhere else, least of all into a log."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> bytes | None:
        """None where the city has not told it yet, or the file is not whole. Raises OSError."""
        try:
            key = self._file.read_bytes()
        except FileNotFoundError:
            return None
        return key if len(key) == KEY_BYTES else None

    def keep(self, key: bytes) -> None:
        """Raises OSError."""
        if self.read() != key:
            write_secret(self._file, key)
