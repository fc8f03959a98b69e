"""Somebody who watches one course after another on a box, with what really was watched."""

import time
from dataclasses import dataclass, field
from secrets import token_hex

from agent.clock import BootClock
from tests.agent.television import Play, report
from tests.torture.town import ITEMS, Box, TownError

PATIENCE_S = 60.0
_EARLIER_MS = 600_000


@dataclass
class Viewer:
    """`played_ms` lists the sessions; each is on a terminal of its own, so that none goes on with another."""

    box: Box
    played_ms: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._clock = BootClock()
        self._now_ms = max(0, self._clock.mono_ms() - _EARLIER_MS)
        self._run_id = token_hex(4)
        self._seq = 0

    def watch(self, ms: int) -> None:
        """One session from opening to leaving, told until it is acknowledged."""
        told = self.session(ms)
        until = time.monotonic() + PATIENCE_S
        while not self.box.report(told):
            if time.monotonic() > until:
                raise TownError(f"no report is taken:\n{self.box.program.last_words(20)}")
            time.sleep(0.1)

    def session(self, ms: int) -> dict[str, object]:
        """The report of one more session, for somebody else to tell."""
        self._seq += 1
        play = Play(f"{self._run_id}-{self._seq}", ITEMS[self._seq % len(ITEMS)], self._now_ms)
        play.watch(ms)
        play.leave()
        self._now_ms = play.now_ms + 1
        self.played_ms.append(ms)
        # A run of its own for each: no session goes on with one of another terminal.
        terminal = f"tv-{self._run_id}-{self._seq}"
        return report(1, play, run_id=f"{self._run_id}-{self._seq}", terminal=terminal, boot=self._clock.boot)
