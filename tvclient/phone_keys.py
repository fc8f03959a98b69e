"""Presses on phones in the room, asked of the agent for as long as the group study lets them."""

import logging
import threading
from collections import deque
from collections.abc import Callable

from study.remote_api import STALE_MS, PressEntry
from tvclient.agent_client.client import AgentClient
from tvclient.background import Deliver
from tvclient.errors import AgentAway, TvError

log = logging.getLogger(__name__)

AGAIN_S = 5.0
"""After the agent did not answer."""


class PhoneKeys:
    """`take` gets one press a turn on the drawing thread, the next once `is_free` says so; what is older than
    two seconds by then is dropped. `listen` may be called on any thread, as often as one likes.
    """

    def __init__(
        self,
        agent: AgentClient,
        deliver: Deliver,
        take: Callable[[PressEntry], None],
        is_free: Callable[[], bool],
        clock_ms: Callable[[], int],
    ) -> None:
        self._agent = agent
        self._deliver = deliver
        self._take = take
        self._is_free = is_free
        self._clock_ms = clock_ms
        self._lock = threading.Lock()
        self._listens = self._asked_again = False
        self._over = threading.Event()
        self._waiting: deque[PressEntry] = deque()

    def listen(self) -> None:
        """Phones may: ask, until they may no longer. Nothing is asked while nobody said so."""
        with self._lock:
            self._asked_again = True
            if self._listens or self._over.is_set():
                return
            self._listens = True
        # A daemon: it waits for the agent, and the end of the television must not.
        threading.Thread(target=self._run, name="phone keys", daemon=True).start()

    def stop(self) -> None:
        """Nothing more is taken; the last question ends by itself."""
        self._over.set()

    def _run(self) -> None:
        log.info("手机遥控已打开，正在等手机上的按键。")
        after: str | None = ""
        while after is not None or self._goes_on():
            after = self._ask(after or "")
        log.info("手机遥控已关闭。")

    def _goes_on(self) -> bool:
        """Once more if somebody said meanwhile that phones may."""
        with self._lock:
            self._listens = self._asked_again and not self._over.is_set()
            return self._listens

    def _ask(self, after: str) -> str | None:
        """What to ask for next; None when it is over."""
        with self._lock:
            self._asked_again = False
        try:
            reply = self._agent.remote_keys(after)
        except AgentAway:
            return None if self._over.wait(AGAIN_S) else after
        except TvError as error:
            log.warning("手机遥控停止：%s", error.words)
            return None
        if self._over.is_set() or not reply["allowed"]:
            return None
        if reply["presses"]:
            presses = tuple(reply["presses"])
            self._deliver(lambda: self._heard(presses))
        return reply["after"]

    def _heard(self, presses: tuple[PressEntry, ...]) -> None:
        was_idle = not self._waiting
        self._waiting.extend(presses)
        if was_idle:
            self._hand_on()

    def _hand_on(self) -> None:
        while self._waiting and self._is_stale(self._waiting[0]):
            self._waiting.popleft()
        if not self._waiting or self._over.is_set():
            self._waiting.clear()
            return
        # One at a time: what the next may do depends on where this one leads.
        if self._is_free():
            self._take(self._waiting.popleft())
        self._deliver(self._hand_on)

    def _is_stale(self, press: PressEntry) -> bool:
        return self._clock_ms() - press["pressed_ms"] > STALE_MS
