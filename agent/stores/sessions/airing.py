"""Airing: the programmes that a play of a channel goes through, each a session of its own.

```
play     ├──────────────────────────────────────────────┤
guide  ──── A ─────┼──── B ────┤  no programme  ├── C ─────
parts    ├── L1@A ─┼── L1@B ───┼───── L1 ───────┼─ L1@C ─┤
```
"""

from dataclasses import dataclass

from sqlite_utils import Database as Tables

from agent.records.report import IntervalForm, PlayForm, Report
from agent.stores.dates.moments import utc_ms_of
from agent.stores.guide.guides import Guides
from agent.stores.guide.line_up import channel
from agent.stores.rows import one_row
from study.course import channel_of, programme_id
from study.rules import Kind
from study.units import LONGEST_MS, ItemId, MonotonicMs, PlayId

_MARK = "@"
"""Before the number of a part after the first, in its name; a television's own names are hexadecimal."""
_PARTS_MAX = 2_000
"""Forty days of half-hours; the last part has the rest."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a play belongs to one session."""

    play: PlayForm
    until_ms: int | None
    """Where the programme ends, by the guide at the moment this part began; None where nobody could say."""


@dataclass(frozen=True, slots=True)
class _Airing:
    item_id: ItemId
    from_ms: int
    until_ms: int | None


def parts(tables: Tables, report: Report, play: PlayForm, guides: Guides | None) -> list[Part]:
    """A play as the sessions it belongs to, in order; most belong to one.

    What is on is decided once, when a part begins: a guide that changes later, or a clock that is known
    later, moves nothing that was told already. Where at that moment no clock can say what is on, or no
    guide tells of the channel, the rest of the play belongs to what the television calls it. A part
    begins with the first watching after the end of the one before.
    """
    if play.kind is not Kind.LIVE:
        return [Part(play, None)]
    airings = _known(tables, play) or [_on_air(tables, report, play.item_id, play.opened_ms, guides)]
    while len(airings) < _PARTS_MAX and (from_ms := _watched_after(play, airings[-1].until_ms)) is not None:
        airings.append(_on_air(tables, report, play.item_id, from_ms, guides))
    return [_part(play, airings, number) for number in range(len(airings))]


def _known(tables: Tables, play: PlayForm) -> list[_Airing]:
    """What was decided so far; it stands with the plays themselves."""
    found: list[_Airing] = []
    while row := one_row(
        tables,
        "SELECT s.item_id, p.opened_ms, p.until_ms FROM plays p JOIN sessions s USING (session_id)"
        " WHERE play_id = ?",
        [_name(play, len(found))],
    ):
        found.append(_Airing(ItemId(row["item_id"]), row["opened_ms"], row["until_ms"]))
    return found


def _watched_after(play: PlayForm, until_ms: int | None) -> int | None:
    if until_ms is None:
        return None
    return min((max(i.start_ms, until_ms) for i in play.intervals if i.end_ms > until_ms), default=None)


def _on_air(tables: Tables, report: Report, item_id: ItemId, from_ms: int, guides: Guides | None) -> _Airing:
    utc_ms = utc_ms_of(tables, report.boot_id, MonotonicMs(from_ms))
    on = None if guides is None or utc_ms is None else channel(tables, channel_of(item_id))
    if guides is None or utc_ms is None or on is None:
        return _Airing(item_id, from_ms, None)
    now, following = guides.now_and_next(on.keys, utc_ms)
    if now is not None:
        programme = programme_id(on.channel_id, now.start_ms)
        # Guides are gone after two weeks, sessions after years.
        tables.execute("INSERT OR REPLACE INTO watched_programmes VALUES (?, ?)", [programme, now.title])
        return _Airing(programme, from_ms, from_ms + now.stop_ms - utc_ms)
    if following is not None:
        return _Airing(on.channel_id, from_ms, from_ms + following.start_ms - utc_ms)
    return _Airing(item_id, from_ms, None)


def _part(play: PlayForm, airings: list[_Airing], number: int) -> Part:
    airing = airings[number]
    if len(airings) == 1:
        return Part(play.model_copy(update={"item_id": airing.item_id}), airing.until_ms)
    is_last = number + 1 == len(airings)
    # From part to part without a gap, so that nothing watched can fall between two.
    first_ms = airing.from_ms if number else 0
    end_ms = LONGEST_MS if is_last else airings[number + 1].from_ms
    changed = {
        "play_id": _name(play, number),
        "item_id": airing.item_id,
        "opened_ms": airing.from_ms,
        "left_ms": play.left_ms if is_last else airing.until_ms,
        "intervals": tuple(_cut(i, first_ms, end_ms) for i in play.intervals if _is_in(i, first_ms, end_ms)),
    }
    return Part(play.model_copy(update=changed), airing.until_ms)


def _is_in(interval: IntervalForm, first_ms: int, end_ms: int) -> bool:
    return interval.start_ms < end_ms and interval.end_ms > first_ms


def _cut(interval: IntervalForm, first_ms: int, end_ms: int) -> IntervalForm:
    start_ms, stop_ms = max(interval.start_ms, first_ms), min(interval.end_ms, end_ms)
    media_ms = interval.media_start_ms + round((start_ms - interval.start_ms) * interval.rate)
    media_end_ms = media_ms + round((stop_ms - start_ms) * interval.rate)
    return interval.model_copy(
        update={
            "start_ms": start_ms,
            "end_ms": stop_ms,
            "media_start_ms": min(media_ms, interval.media_end_ms),
            "media_end_ms": min(media_end_ms, interval.media_end_ms),
        }
    )


def _name(play: PlayForm, number: int) -> PlayId:
    """In the order of time, which is that of letters too; a sequel's name sorts behind its own part's."""
    return PlayId(f"{play.play_id}{_MARK}{number:04}" if number else play.play_id)
