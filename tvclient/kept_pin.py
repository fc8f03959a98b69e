"""The administrator's PIN: kept as a hash, so that nobody reads it from the disk."""

import hashlib
import hmac
import json
import logging
import os
from pathlib import Path
from secrets import token_bytes

from tvclient.errors import TvError
from tvclient.words import _

log = logging.getLogger(__name__)

PIN_DIGITS = 6
_SALT_BYTES = 16
_COST, _BLOCK, _PARALLEL = 2**14, 8, 1
"""16 MB and a few hundredths of a second on a box; a million PINs take hours, not a moment."""


class KeptPin:
    """One file of mode 0600. Every call waits for the disk or the hash: for the background."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def is_set(self) -> bool:
        """Whether anybody has chosen one. A file that can't be read is none, and says so in the log."""
        return self._read() is not None

    def holds(self, digits: str) -> bool:
        """Whether these are the digits."""
        kept = self._read()
        return kept is not None and hmac.compare_digest(_hashed(digits, kept[0]), kept[1])

    def choose(self, digits: str) -> None:
        """From now on these; durable when it returns. Raises TvError."""
        salt = token_bytes(_SALT_BYTES)
        values = {"salt": salt.hex(), "hash": _hashed(digits, salt).hex()}
        unfinished = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            unfinished.unlink(missing_ok=True)
            opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "w", encoding="ascii") as out:
                json.dump(values, out)
                out.flush()
                os.fsync(out.fileno())
            unfinished.replace(self._file)
        except OSError as error:
            words = _("密码没有存下来（{}）。请检查磁盘，然后再设一次。").format(error.strerror)
            raise TvError(words) from error

    def forget(self) -> None:
        """The next one who opens the settings chooses a new one. Raises OSError."""
        self._file.unlink(missing_ok=True)

    def _read(self) -> tuple[bytes, bytes] | None:
        try:
            values = json.loads(self._file.read_text(encoding="ascii"))
            return bytes.fromhex(values["salt"]), bytes.fromhex(values["hash"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("管理员密码文件 %s 读不出来（%s），需要重新设置。", self._file, error)
            return None


def _hashed(digits: str, salt: bytes) -> bytes:
    return hashlib.scrypt(digits.encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL)
