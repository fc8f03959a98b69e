"""What a group study adds up to: the station's effective time in it, and each attendee's part."""

from collections.abc import Iterable
from dataclasses import dataclass

from study.group.moment import BootStretch, first_of, joined, total_ms
from study.rules import Kind
from study.units import ItemId, Milliseconds, Seq


@dataclass(frozen=True, slots=True)
class Part:
    """An item of the agenda as far as it was studied within a group study."""

    item_id: ItemId
    kind: Kind
    session: Seq
    """The record of the viewing session it belongs to; 0 for one of an earlier epoch."""
    before_ms: Milliseconds
    """Of that session: what was played before its first stretch here."""
    session_ms: Milliseconds
    """What the rule makes of the whole session: the station's hours, which count once, there."""
    stretches: tuple[BootStretch, ...]
    """When it played during the group study."""


def effective_stretches(part: Part) -> tuple[BootStretch, ...]:
    """The part of what was played in the group study that counts.

    ```
    the session   before_ms ├── played here ──┤   rest     counts up to session_ms (4 h of live at most)
    effective               ├────────┤
    ```
    All of it where the session counts as a whole, nothing where it does not.
    """
    return first_of(joined(part.stretches), max(0, part.session_ms - part.before_ms))


def all_effective(parts: Iterable[Part]) -> tuple[BootStretch, ...]:
    """What counts of all parts. Moments in which two were on count once: nobody studies a minute twice."""
    return joined(stretch for part in parts for stretch in effective_stretches(part))


def effective_ms(parts: Iterable[Part]) -> Milliseconds:
    """The effective time of a group study: the most that anybody in it can have."""
    return Milliseconds(total_ms(all_effective(parts)))
