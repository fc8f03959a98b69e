"""Visits: which phone, known by its cookie, takes part in which group study, and for whom."""

import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from study.units import HOUR_MS

LASTS_MS = 12 * HOUR_MS
_ID_BYTES = 16
_VISITS_MAX = 5_000
_AT_ONE_ADDRESS_MAX = 20
"""Of phones that are told apart by their address; it forgets its own oldest one."""


@dataclass(slots=True)
class Visit:
    """One phone in one group study."""

    group_id: int
    address: str
    made_ms: int
    cookie: str = field(repr=False)
    form_token: str = field(repr=False)
    """In every form, so that no other page can send one."""
    members: list[int] = field(default_factory=list)
    """Whom this phone has checked in, in that order."""
    said: str = ""
    """What the next page tells, once."""
    is_wrong: bool = False
    """What it tells went wrong."""

    def tell(self, words: str, *, is_wrong: bool = False) -> None:
        self.said, self.is_wrong = words, is_wrong

    def told(self) -> tuple[str, bool]:
        """What was said, which is said no more."""
        told = self.said, self.is_wrong
        self.tell("")
        return told

    def is_own_form(self, token: str) -> bool:
        return hmac.compare_digest(self.form_token.encode(), token.encode())


class Visits:
    """In memory only. `people_max` is for one phone, 0 for any number; `share_address` says that phones are
    told apart by their cookies alone."""

    def __init__(self, people_max: int, *, share_address: bool) -> None:
        self._people_max = people_max
        self._share_address = share_address
        self._visits: OrderedDict[str, Visit] = OrderedDict()
        self._at: dict[tuple[int, str], set[int]] = {}
        self._lock = threading.Lock()

    def begin(self, group_id: int, address: str, now_ms: int) -> Visit:
        """A phone that has shown a valid invitation."""
        visit = Visit(
            group_id, address, now_ms, secrets.token_urlsafe(_ID_BYTES), secrets.token_urlsafe(_ID_BYTES)
        )
        with self._lock:
            self._make_room(address, now_ms)
            self._visits[visit.cookie] = visit
        return visit

    def of(self, cookie: str, now_ms: int) -> Visit | None:
        """None for a cookie of another time."""
        with self._lock:
            visit = self._visits.get(cookie)
            return visit if visit is not None and 0 <= now_ms - visit.made_ms < LASTS_MS else None

    def is_full(self, visit: Visit) -> bool:
        """Whether this phone has brought as many people as one may."""
        with self._lock:
            return self._is_full(visit)

    def bring(self, visit: Visit, member_id: int) -> bool:
        """Somebody is on this phone from now on; False where they are on another, or it is full."""
        with self._lock:
            if member_id in visit.members:
                return True
            here = self._here(visit)
            if any(member_id in other.members for other in self._others(visit)) and member_id not in here:
                return False
            if self._is_full(visit) and member_id not in here:
                return False
            for other in self._others(visit):
                if member_id in other.members:
                    other.members.remove(member_id)
            visit.members.append(member_id)
            here.add(member_id)
            return True

    def let_go(self, visit: Visit, member_id: int) -> None:
        """They could not be checked in after all."""
        with self._lock:
            if member_id in visit.members:
                visit.members.remove(member_id)
                self._here(visit).discard(member_id)

    def _is_full(self, visit: Visit) -> bool:
        brought = max(len(visit.members), len(self._here(visit)))
        return 0 < self._people_max <= brought

    def _here(self, visit: Visit) -> set[int]:
        """Whom this phone has brought, also with a cookie that it has lost since."""
        if self._share_address:
            return set(visit.members)
        return self._at.setdefault((visit.group_id, visit.address), set())

    def _others(self, visit: Visit) -> Iterable[Visit]:
        held = self._visits.values()
        return [other for other in held if other is not visit and other.group_id == visit.group_id]

    def _make_room(self, address: str, now_ms: int) -> None:
        old = [key for key, one in self._visits.items() if now_ms - one.made_ms >= LASTS_MS]
        if not self._share_address:
            same = [key for key, one in self._visits.items() if one.address == address]
            old += same[: max(0, len(same) + 1 - _AT_ONE_ADDRESS_MAX)]
        for key in old:
            self._visits.pop(key, None)
        while len(self._visits) >= _VISITS_MAX:
            # Rather a phone on which nobody is yet.
            idle = (key for key, one in self._visits.items() if not one.members)
            self._visits.pop(next(idle, next(iter(self._visits))))
        groups = {one.group_id for one in self._visits.values()}
        self._at = {key: members for key, members in self._at.items() if key[0] in groups}
