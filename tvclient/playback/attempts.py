"""How often a stream is fetched anew, and after which waits."""

from study.units import Milliseconds

LIVE_PATIENCE_MS, LIVE_OPEN_PATIENCE_MS, COURSE_PATIENCE_MS = 6_000, 12_000, 20_000
"""How long to wait for a stream that stands, or opens without progress, before fetching it anew."""
LIVE_WAITS_MS = (500, 1_000, 2_000, 4_000, 8_000, 15_000)
"""Before each attempt to fetch a live stream anew; the last is repeated for as long as it takes."""
COURSE_WAITS_MS = (500, 1_000, 2_000, 4_000, 8_000)
"""The same for a course, for as long as the box's own service may take to start anew; then it has failed."""
LIVE_RECOVERED_MS, COURSE_RECOVERED_MS = 30_000, 10_000
"""After so much movement the next loss is a new one, not the next attempt. A dead HLS channel may still hold
half a minute, which is not to be shown over and over without a pause."""


class Attempts:
    """Those of one opening, counted since it last moved for long enough."""

    def __init__(self, live: bool) -> None:
        self.number = 0
        self._live = live
        self._waits_ms = LIVE_WAITS_MS if live else COURSE_WAITS_MS

    def next_wait_ms(self) -> Milliseconds | None:
        """Before one more attempt; None when a course was tried often enough."""
        if not self._live and self.number >= len(self._waits_ms):
            return None
        self.number += 1
        return Milliseconds(self._waits_ms[min(self.number, len(self._waits_ms)) - 1])

    def moved(self, for_ms: int) -> None:
        """It has moved without a stop for so long."""
        if for_ms >= (LIVE_RECOVERED_MS if self._live else COURSE_RECOVERED_MS):
            self.number = 0

    def patience_ms(self, opens: bool) -> int:
        """How long a stream that stands, or `opens`, may go without progress."""
        if not self._live:
            return COURSE_PATIENCE_MS
        return LIVE_OPEN_PATIENCE_MS if opens else LIVE_PATIENCE_MS
