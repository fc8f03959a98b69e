"""How much one phone may ask for, and how often it may be wrong."""

from dataclasses import dataclass
from typing import Self

from agent.page.buckets import Buckets
from agent.page.tries import Tries

_AT_ONCE, _PER_S = 40, 4
"""Requests: a person looks at a page for some seconds, and each press is two."""
_CONNECTIONS, _CONNECTIONS_OF_ROOM = 12, 90
_WRONG_OF_VISIT, _WRONG_OF_ADDRESS = 5, 10
_PHONES = 40
"""Behind one address where all come through a router of their own."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one running page."""

    requests: Buckets
    connections: int
    """Held open at once from one address."""
    tries_of_visit: Tries
    tries_of_address: Tries

    @classmethod
    def of(cls, *, share_address: bool) -> Self:
        """`share_address`: an address stands for a whole room."""
        phones = _PHONES if share_address else 1
        return cls(
            Buckets(_AT_ONCE * phones, _PER_S * phones),
            min(_CONNECTIONS * phones, _CONNECTIONS_OF_ROOM),
            Tries(_WRONG_OF_VISIT),
            Tries(_WRONG_OF_ADDRESS * phones),
        )
