"""What the agent has not acknowledged yet: what the next report must contain, and what a reply settled."""

from dataclasses import dataclass, field

from study.local_api import PlayEntry, PlayReply, ReportReply, ReportRequest
from study.units import BootId, Milliseconds, MonotonicMs, PlayId
from study.watch import WatchInterval, played_ms
from tvclient.agent_client.play_state import PlayState, Standing, interval_body

MOST_INTERVALS = 500
MOST_PLAYS = 100
REFUSED_REST_MS = 60_000


@dataclass(frozen=True, slots=True)
class _Part:
    """What one report says about one play: its head, and some of its intervals."""

    play: PlayState
    numbers: tuple[int, ...]

    def body(self) -> PlayEntry:
        play = self.play
        return {
            "play_id": play.play_id,
            "item_id": play.item_id,
            "kind": str(play.kind),
            "opened_ms": play.opened_ms,
            # Told at once, though intervals may still be to come: a play taken for open would seem to have
            # lasted until now, and a later opening would go on with its session.
            "left_ms": play.left_ms,
            "position_ms": play.position_ms,
            "length_ms": play.length_ms,
            "intervals": [interval_body(n, play.intervals[n]) for n in self.numbers],
        }


@dataclass(slots=True)
class _Page:
    """One play: its latest state and what of it the agent has acknowledged."""

    play: PlayState
    settled: dict[int, WatchInterval] = field(default_factory=dict)
    left_settled: bool = False
    refused_at_ms: int | None = None

    def open_numbers(self) -> list[int]:
        return [n for n, known in enumerate(self.play.intervals) if self.settled.get(n) != known]

    @property
    def done(self) -> bool:
        return self.left_settled and not self.open_numbers()


class ReportBook:
    """Holds states, not messages: while the agent is away it grows with what was done, not with time.

    ```
    put ─▶ page of the play ─▶ next_report (seq 7) ──lost──▶ next_report (seq 8, 7's content and more)
                   ▲                                               │
                   └──────────── settle(8, reply) ◀────────────────┘
    ```
    Knows no threads and no clock. One report is under way at a time; a reply to an older one settles
    nothing, because what it held is in the newer one too.
    """

    def __init__(self, run_id: str, terminal: str, boot_id: BootId) -> None:
        self._run_id = run_id
        self._terminal = terminal
        self._boot_id = boot_id
        self._seq = 0
        self._pages: dict[PlayId, _Page] = {}
        self._under_way: dict[PlayId, _Part] = {}

    def put(self, play: PlayState) -> None:
        """The latest state of a play."""
        page = self._pages.get(play.play_id)
        if page is None:
            self._pages[play.play_id] = _Page(play)
        else:
            page.play = play

    @property
    def is_empty(self) -> bool:
        """Nothing is playing and everything was acknowledged."""
        return not self._pages

    def next_report(self, at_ms: MonotonicMs) -> ReportRequest | None:
        """The body to send now: every open play and everything not acknowledged; None if there is nothing.

        Plays of a report that was refused go alone and rarely, so that one bad play stops no other.
        """
        parts = self._parts(at_ms)
        if not parts:
            return None
        self._seq += 1
        self._under_way = {part.play.play_id: part for part in parts}
        return {
            "run_id": self._run_id,
            "terminal": self._terminal,
            "report_seq": self._seq,
            "boot_id": self._boot_id,
            "at_ms": at_ms,
            "plays": [part.body() for part in parts],
        }

    def settle(self, reply: ReportReply) -> tuple[Standing, ...]:
        """Note what a reply acknowledges; what it says about the sessions, newest known first-hand."""
        if reply["accepted"] != self._seq:
            return ()
        standings = []
        said = {told["play_id"]: told for told in reply["plays"]}
        for play_id, part in self._under_way.items():
            page = self._pages[play_id]
            page.refused_at_ms = None
            page.settled.update((n, part.play.intervals[n]) for n in part.numbers)
            page.left_settled = part.play.left_ms is not None
            if play_id in said:
                standings.append(_standing(page, said[play_id]))
            if page.done:
                del self._pages[play_id]
        self._under_way = {}
        return tuple(standings)

    def refused(self, at_ms: MonotonicMs) -> None:
        """The agent said no to the report under way: keep its plays, but let them stop no other."""
        for play_id in self._under_way:
            self._pages[play_id].refused_at_ms = at_ms
        self._under_way = {}

    def _parts(self, at_ms: MonotonicMs) -> list[_Part]:
        pages = [page for page in self._pages.values() if page.refused_at_ms is None]
        if not pages:
            resting = sorted(self._pages.values(), key=lambda page: page.refused_at_ms or 0)
            pages = [page for page in resting[:1] if at_ms - (page.refused_at_ms or 0) >= REFUSED_REST_MS]
        room, parts = MOST_INTERVALS, []
        for page in pages[:MOST_PLAYS]:
            taken = page.open_numbers()[:room]
            room -= len(taken)
            parts.append(_Part(page.play, tuple(taken)))
        return parts


def _standing(page: _Page, told: PlayReply) -> Standing:
    own_ms = played_ms(page.settled.values())
    return Standing(
        play_id=page.play.play_id,
        session_id=str(told["session_id"]),
        earlier_ms=Milliseconds(told["played_ms"] - own_ms),
        effective_ms=Milliseconds(told["effective_ms"]),
        counted=bool(told["counted"]),
    )
