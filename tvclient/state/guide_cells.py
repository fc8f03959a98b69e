"""The cells of one channel's line in the guide: programmes, and what stands where there are none."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from study.guide_api import GuideRow
from study.units import ItemId


class CellKind(StrEnum):
    """What a cell stands for."""

    PROGRAMME = "programme"
    GAP = "gap"  # 无节目单
    LOADING = "loading"  # not fetched yet
    UNDATED = "undated"  # nobody knows what time it is


@dataclass(frozen=True, slots=True)
class Cell:
    """One stretch of one channel, in milliseconds since 1970; a programme's are its own times."""

    kind: CellKind
    starts_ms: int
    ends_ms: int
    item_id: ItemId | None = None
    title: str = ""
    about: str = ""

    def is_on(self, now_ms: int | None) -> bool:
        """Whether it is the programme that is on."""
        is_programme = self.kind is CellKind.PROGRAMME
        return is_programme and now_ms is not None and self.starts_ms <= now_ms < self.ends_ms


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; its end is outside."""

    from_ms: int
    to_ms: int

    def holds(self, at_ms: int) -> bool:
        return self.from_ms <= at_ms < self.to_ms


def cells(row: GuideRow | None, told: Span | None, all_time: Span) -> tuple[Cell, ...]:
    """The whole of `all_time` as cells that follow one another without a gap, at least one.

    `told` is the stretch of which `row` tells; outside it is loading. Programmes lie in order, none over
    another, as the agent has them; one that is, is cut.
    """
    if row is None:
        return (Cell(CellKind.LOADING, all_time.from_ms, all_time.to_ms),)
    if told is None:
        return (Cell(CellKind.UNDATED, all_time.from_ms, all_time.to_ms),)
    if not row["has_guide"]:
        return (Cell(CellKind.GAP, all_time.from_ms, all_time.to_ms),)
    return tuple(_cells(row, told, all_time))


def _cells(row: GuideRow, told: Span, all_time: Span) -> Iterator[Cell]:
    at_ms = all_time.from_ms
    for each in row["programmes"]:
        starts_ms, ends_ms = max(each["starts_utc_ms"], at_ms), min(each["ends_utc_ms"], all_time.to_ms)
        if starts_ms >= ends_ms:
            continue
        yield from _between(at_ms, starts_ms, told)
        own_start = each["starts_utc_ms"] if each["starts_utc_ms"] < all_time.from_ms else starts_ms
        own_end = each["ends_utc_ms"] if each["ends_utc_ms"] > all_time.to_ms else ends_ms
        item_id = ItemId(each["item_id"])
        yield Cell(CellKind.PROGRAMME, own_start, own_end, item_id, each["title"], each["about"])
        at_ms = ends_ms
    yield from _between(at_ms, all_time.to_ms, told)


def _between(from_ms: int, to_ms: int, told: Span) -> Iterator[Cell]:
    first_ms, end_ms = max(from_ms, told.from_ms), min(to_ms, told.to_ms)
    if first_ms >= end_ms:
        if from_ms < to_ms:
            yield Cell(CellKind.LOADING, from_ms, to_ms)
        return
    if from_ms < first_ms:
        yield Cell(CellKind.LOADING, from_ms, first_ms)
    yield Cell(CellKind.GAP, first_ms, end_ms)
    if end_ms < to_ms:
        yield Cell(CellKind.LOADING, end_ms, to_ms)
