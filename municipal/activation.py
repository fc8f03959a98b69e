"""Activation codes: how one is made, hashed and compared."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

CODE_DIGITS = 12
"""Typed on a number pad of a remote control."""

SCRYPT_COST = 2**12
"""About 13 ms on a weak core: 8,435 stations are imported in two minutes."""


@dataclass(frozen=True, slots=True)
class HashedCode:
    """What is kept of a code."""

    salt: bytes
    digest: bytes


def new_code() -> str:
    """A random code of CODE_DIGITS digits."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def hashed(code: str) -> HashedCode:
    """Hash a code with a salt of its own."""
    salt = secrets.token_bytes(16)
    return HashedCode(salt, _digest(salt, code))


def matches(code: str, kept: HashedCode) -> bool:
    """Whether `code` is the one that was kept, in a time that does not depend on it."""
    return hmac.compare_digest(_digest(kept.salt, code), kept.digest)


def _digest(salt: bytes, code: str) -> bytes:
    plain = "".join(code.split()).encode(errors="replace")
    return hashlib.scrypt(plain, salt=salt, n=SCRYPT_COST, r=8, p=1, dklen=32)
