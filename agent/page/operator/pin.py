"""The operator's PIN as the page knows it: the television's own, told over the local API, kept as a hash."""

import hashlib
import hmac
from pathlib import Path
from secrets import token_bytes
from threading import Lock

from agent.clients.signing import write_secret

PIN_DIGITS = 6
_SALT_BYTES, _HASH_BYTES = 16, 64
_COST, _BLOCK, _PARALLEL = 2**14, 8, 1
"""16 MB and a few hundredths of a second on a box; a million PINs take hours, not a moment."""


class OperatorPin:
    """One file of mode 0600: salt and hash. Every call waits for the disk or the hash, one at a time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._one_at_a_time = Lock()

    def is_set(self) -> bool:
        return self._read() is not None

    def holds(self, digits: str) -> bool:
        """Whether these are the digits; never where there is no PIN."""
        kept = self._read()
        if kept is None:
            return False
        with self._one_at_a_time:
            return hmac.compare_digest(_hashed(digits, kept[:_SALT_BYTES]), kept[_SALT_BYTES:])

    def keep(self, digits: str) -> bool:
        """From now on these; False where they are so already. Raises OSError."""
        if self.holds(digits):
            return False
        salt = token_bytes(_SALT_BYTES)
        write_secret(self._file, salt + _hashed(digits, salt))
        return True

    def _read(self) -> bytes | None:
        try:
            kept = self._file.read_bytes()
        except OSError:
            return None
        return kept if len(kept) == _SALT_BYTES + _HASH_BYTES else None


def _hashed(digits: str, salt: bytes) -> bytes:
    return hashlib.scrypt(digits.encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL)
