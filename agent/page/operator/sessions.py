"""Sessions: browsers in which the right PIN was typed, known by a cookie."""

import hmac
import secrets
import threading
from dataclasses import dataclass, field

from agent.records.roster_sheet import RosterSheet
from study.units import MINUTE_MS

IDLE_MS = 30 * MINUTE_MS
_ID_BYTES = 16
_SESSIONS_MAX = 20


@dataclass(slots=True)
class Session:
    """One browser."""

    last_ms: int
    cookie: str = field(repr=False)
    form_token: str = field(repr=False)
    """In every form, so that no other page can send one."""
    said: str = ""
    """What the next page tells, once."""
    is_wrong: bool = False
    sheet: RosterSheet | None = field(default=None, repr=False)
    """A roster that was sent and waits for a yes; it is nowhere else."""

    def tell(self, words: str, *, is_wrong: bool = False) -> None:
        self.said, self.is_wrong = words, is_wrong

    def told(self) -> tuple[str, bool]:
        """What was said, which is said no more."""
        told = self.said, self.is_wrong
        self.tell("")
        return told

    def is_own_form(self, token: str) -> bool:
        return hmac.compare_digest(self.form_token.encode(), token.encode())


class Sessions:
    """In memory only; over after half an hour without a page. Times are CLOCK_BOOTTIME."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self._lock = threading.Lock()

    def begin(self, now_ms: int) -> Session:
        session = Session(now_ms, secrets.token_urlsafe(_ID_BYTES), secrets.token_urlsafe(_ID_BYTES))
        with self._lock:
            self._sessions = {cookie: one for cookie, one in self._sessions.items() if _lasts(one, now_ms)}
            while len(self._sessions) >= _SESSIONS_MAX:
                del self._sessions[min(self._sessions, key=lambda cookie: self._sessions[cookie].last_ms)]
            self._sessions[session.cookie] = session
        return session

    def of(self, cookie: str, now_ms: int) -> Session | None:
        """None for a cookie of another time; it goes on otherwise."""
        with self._lock:
            session = self._sessions.get(cookie)
            if session is None or not _lasts(session, now_ms):
                return None
            session.last_ms = now_ms
            return session

    def end(self, session: Session) -> None:
        with self._lock:
            self._sessions.pop(session.cookie, None)

    def end_all(self) -> None:
        """The PIN is another one."""
        with self._lock:
            self._sessions.clear()


def _lasts(session: Session, now_ms: int) -> bool:
    return 0 <= now_ms - session.last_ms < IDLE_MS
