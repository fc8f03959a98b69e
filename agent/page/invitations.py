"""Invitations: the token in the QR code, which lets phones in for a few minutes."""

import hmac
import secrets
import threading
from dataclasses import dataclass, field

from study.units import MINUTE_MS

TOKEN_BYTES = 16
TOKEN_LENGTH = 22
"""Characters, of the alphabet that addresses need not quote."""
ROTATE_MS = 5 * MINUTE_MS
VALID_MS = 2 * ROTATE_MS
"""Whoever scanned a code in its last moment has as long again to get here."""
_TOKENS_MAX = 100


@dataclass(frozen=True, slots=True)
class _Invitation:
    group_id: int
    made_ms: int
    token: str = field(repr=False)


class Invitations:
    """In memory only: a restart of the agent makes all of them void. Times are CLOCK_BOOTTIME."""

    def __init__(self) -> None:
        self._held: list[_Invitation] = []
        self._lock = threading.Lock()

    def token(self, group_id: int, now_ms: int) -> str:
        """What the code of a group study says now; another every five minutes."""
        with self._lock:
            for one in self._held:
                if one.group_id == group_id and 0 <= now_ms - one.made_ms < ROTATE_MS:
                    return one.token
            made = _Invitation(group_id, now_ms, secrets.token_urlsafe(TOKEN_BYTES))
            kept = [one for one in self._held if _is_valid(one, now_ms)]
            self._held = [*kept[1 - _TOKENS_MAX :], made]
            return made.token

    def group_of(self, token: str, now_ms: int) -> int | None:
        """The group study that a token lets in to; None for a forged or an expired one."""
        offered, found = token.encode(), None
        with self._lock:
            for one in self._held:
                is_it = hmac.compare_digest(one.token.encode(), offered)
                if is_it and _is_valid(one, now_ms):
                    found = one.group_id
        return found


def _is_valid(one: _Invitation, now_ms: int) -> bool:
    return 0 <= now_ms - one.made_ms < VALID_MS
