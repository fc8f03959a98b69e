"""Viewing sessions 单次: which openings of the player make one session, and what it adds up to."""

from collections.abc import Iterable
from dataclasses import dataclass

from study.course import PROGRAMME_MARK
from study.coverage import Stretch, clipped, covered_ms
from study.rules import Kind, Terminal, Verdict, judge
from study.units import MINUTE_MS, ItemId, Milliseconds
from study.watch import WatchInterval, covered, played_ms

REJOIN_MS = 10 * MINUTE_MS
"""A mistaken Back key must not cost the 20 %: a return within this goes on with the same session."""


def goes_on(kind: Kind, item_id: ItemId, gap_ms: int | None) -> bool:
    """Whether opening `item_id` again on the same terminal goes on with its last session there.

    ```
    ├─ watched ─┤ gap_ms ├─ opened again
    ```
    `gap_ms` is the time since the last report of that session; None when a reboot without a
    trustworthy clock lies between, so that nobody can say. A live programme always goes on (the
    4 h cap cannot be got round by leaving); a channel without a guide, and a course, within 10 minutes.
    """
    if kind is Kind.LIVE and PROGRAMME_MARK in item_id:
        return True
    return gap_ms is not None and gap_ms <= REJOIN_MS


@dataclass(frozen=True, slots=True)
class Facts:
    """What was watched in one session, before any rule is applied."""

    played_ms: Milliseconds
    covered: tuple[Stretch, ...]
    length_ms: Milliseconds

    @property
    def covered_ms(self) -> Milliseconds:
        return covered_ms(self.covered)


def facts_of(kind: Kind, intervals: Iterable[WatchInterval], length_ms: Milliseconds) -> Facts:
    """Add up one session's watch intervals; only what is on demand has a length and covered stretches."""
    held = tuple(intervals)
    if kind is not Kind.VOD:
        return Facts(played_ms(held), (), Milliseconds(0))
    return Facts(played_ms(held), clipped(covered(held), length_ms), length_ms)


def effective(rule_name: str, terminal: Terminal, kind: Kind, facts: Facts) -> Verdict:
    """What the rule makes of a session's facts."""
    return judge(rule_name, terminal, kind, facts.played_ms, facts.length_ms)
