"""The guide on the screen: channels × time, exactly one focus, what is in sight, what has to be fetched."""

from dataclasses import dataclass, field, replace

from study.guide_api import GuideReply, GuideRow, guide_begins_ms
from study.units import HOUR_MS, MINUTE_MS, ItemId
from tvclient.remote.direction import Direction
from tvclient.remote.finder import find_next
from tvclient.state.channel_dial import ChannelDial
from tvclient.state.guide_cells import Cell, CellKind, Span, cells
from tvclient.state.guide_layout import (
    LINES,
    MARK_EVERY_MS,
    SPAN_MS,
    Placed,
    placed,
    stretch_rect,
    x_of,
)

DAYS_AHEAD_MS = 14 * 24 * HOUR_MS
PAGE_MS = 90 * MINUTE_MS
"""So far the sight moves along a programme that goes on beyond it."""
SEEN_MS = 2 * HOUR_MS
"""Of what the focus comes to on the right, so much is in sight, if it is as long."""
ROWS_FETCHED, MARGIN_ROWS = 30, 10
SPAN_FETCHED_MS, MARGIN_MS = 12 * HOUR_MS, 3 * HOUR_MS


_FIRST_VIEW = Span(0, SPAN_MS)
"""While nobody knows the time."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to ask the agent for: channels after the `first` ones, or from this number on, and some hours.

    Without `from_ms` the agent begins where the guide does.
    """

    first: int
    count: int
    from_ms: int | None
    to_ms: int | None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class GuideState:
    """A value: every key and every answer of the agent makes the next one.

    The focus is a channel's place and a moment; it lies on the cell that holds both. So it is on one
    cell, whatever cells there are, and stays on the same programme when the guide is fetched anew.
    """

    total: int = 0
    now_ms: int | None = None
    row: int = 0
    at_ms: int = 0
    beam: Span = _FIRST_VIEW
    """The stretch that up and down look along: that of the last move sideways."""
    top: int = 0
    view: Span = _FIRST_VIEW
    rows: tuple[GuideRow, ...] = ()
    rows_from: int = 0
    """How many channels come before `rows`."""
    told: Span | None = None
    """The stretch of which they tell; None while nobody knows the time."""
    is_fetched: bool = False
    dial: ChannelDial = field(default_factory=ChannelDial)
    asked_number: int | None = None
    """A channel that was dialled and lies outside `rows`."""
    missing_number: int | None = None
    """The last that was dialled in vain."""

    @property
    def all_time(self) -> Span:
        """What can be reached: from a little before now on."""
        if self.now_ms is None:
            return Span(self.view.from_ms, self.view.to_ms)
        first_ms = guide_begins_ms(self.now_ms)
        return Span(first_ms, first_ms + DAYS_AHEAD_MS)

    @property
    def focused(self) -> Cell:
        """The cell that has the focus."""
        return next(cell for cell in self.line(self.row) if cell.starts_ms <= self.at_ms < cell.ends_ms)

    @property
    def channel(self) -> GuideRow | None:
        """The channel that has the focus; None while it is not fetched."""
        return self.row_at(self.row)

    @property
    def focus_id(self) -> str:
        """By name: guide:L1@1795345200; guide:L1 for what is no programme; guide while nothing is there."""
        channel = self.channel
        return "guide" if channel is None else f"guide:{self.focused.item_id or channel['channel_id']}"

    @property
    def lines(self) -> range:
        """The places of the channels in sight."""
        return range(self.top, min(self.top + LINES, self.total))

    @property
    def now_x(self) -> int | None:
        """Where the now-line stands; None where it is out of sight, or nobody knows the time."""
        return (
            None if self.now_ms is None or not self.view.holds(self.now_ms) else x_of(self.now_ms, self.view)
        )

    @property
    def watchable(self) -> ItemId | None:
        """What OK plays: the channel, if what is on it now has the focus, or nobody knows what is."""
        channel, cell = self.channel, self.focused
        if channel is None:
            return None
        is_now = cell.kind is CellKind.UNDATED or self.now_ms is None
        is_now = is_now or cell.starts_ms <= (self.now_ms or 0) < cell.ends_ms
        return ItemId(channel["channel_id"]) if is_now else None

    @property
    def remindable(self) -> ItemId | None:
        """The programme that OK sets a reminder of: one that is still to come."""
        cell = self.focused
        is_later = self.now_ms is not None and cell.starts_ms > self.now_ms
        return cell.item_id if is_later and cell.kind is CellKind.PROGRAMME else None

    @property
    def wanted(self) -> Wanted | None:
        """What is in sight and not fetched yet, with a margin around it; None for nothing."""
        if self.asked_number is not None:
            return Wanted(0, ROWS_FETCHED, *self._hours(), number=self.asked_number)
        if self.is_fetched and self._has_rows() and self._has_hours():
            return None
        return Wanted(max(0, self.top - MARGIN_ROWS), ROWS_FETCHED, *self._hours())

    def row_at(self, place: int) -> GuideRow | None:
        """The channel of a place; None while it is not fetched."""
        index = place - self.rows_from
        return self.rows[index] if 0 <= index < len(self.rows) else None

    def line(self, place: int) -> tuple[Cell, ...]:
        """All cells of a channel."""
        return cells(self.row_at(place), self.told, self.all_time)

    def placed(self, place: int) -> tuple[Placed, ...]:
        """Those of them that are in sight, each with its rectangle."""
        return placed(self.line(place), place - self.top, self.view)

    def moved(self, direction: Direction) -> "GuideState":
        """After an arrow; the same where it leads nowhere."""
        if not self.total:
            return self
        match direction:
            case Direction.UP | Direction.DOWN:
                return self._to_row(self.row + direction.sign, direction)
            case Direction.RIGHT:
                return self._right()
            case Direction.LEFT:
                return self._left()

    def paged(self, direction: Direction) -> "GuideState":
        """As many channels up or down as are in sight."""
        state = self
        for _ in range(LINES):
            state = state.moved(direction)
        return state

    def pressed(self, digit: int) -> "GuideState":
        """One more digit of a channel's number."""
        return replace(self, dial=self.dial.press(digit), missing_number=None)

    def undialled(self) -> "GuideState":
        """The digits are forgotten, and that one was dialled in vain."""
        return replace(self, dial=ChannelDial(), missing_number=None)

    def dialled(self) -> "GuideState":
        """The digits are complete: to that channel, at once or when it is fetched."""
        number = self.dial.number
        state = replace(self, dial=ChannelDial())
        if number is None:
            return state
        for index, row in enumerate(self.rows):
            if row["number"] == number:
                return state._at_row(self.rows_from + index)
        return replace(state, asked_number=number)

    def at(self, now_ms: int | None) -> "GuideState":
        """The same a little later; what is in sight moves on with the half-hours."""
        if now_ms is None:
            return replace(self, now_ms=None)
        state = replace(self, now_ms=now_ms)
        first_ms, last_ms = state.all_time.from_ms, state.all_time.to_ms - SPAN_MS
        if self.now_ms is None:
            state = replace(state, view=_span(first_ms), at_ms=now_ms, beam=Span(now_ms, now_ms + MINUTE_MS))
        is_reached = first_ms <= state.view.from_ms <= last_ms
        return state._scrolled(state.view.from_ms if is_reached else first_ms)

    def fetched(self, asked: Wanted, reply: GuideReply) -> "GuideState":
        """With what the agent tells of what it was asked; the focus stays on its channel, while there is."""
        number, on = asked.number, self.channel
        if number is not None and not (reply["rows"] and reply["rows"][0]["number"] == number):
            return replace(self, asked_number=None, missing_number=number)
        state = replace(
            self,
            total=reply["total"],
            rows=tuple(reply["rows"]),
            rows_from=reply["first"],
            told=_told(reply),
            is_fetched=True,
        ).at(reply["now_utc_ms"])
        if number is not None:
            return replace(state, top=state.rows_from, asked_number=None)._at_row(state.rows_from)
        place = None if on is None else _place_of(on["channel_id"], state)
        return state._at_row(self.row if place is None else place)

    def _has_rows(self) -> bool:
        end = self.rows_from + len(self.rows)
        return self.rows_from <= self.lines.start and self.lines.stop <= end

    def _has_hours(self) -> bool:
        told = self.told
        if told is None:
            return self.now_ms is None
        end_ms = min(self.view.to_ms, self.all_time.to_ms)
        return told.from_ms <= self.view.from_ms and end_ms <= told.to_ms

    def _hours(self) -> tuple[int | None, int | None]:
        if self.now_ms is None:
            return None, None
        from_ms = max(self.all_time.from_ms, self.view.from_ms - MARGIN_MS)
        return from_ms, from_ms + SPAN_FETCHED_MS

    def _to_row(self, place: int, direction: Direction) -> "GuideState":
        """The cell of the next line that the free-layout rule finds from the kept stretch."""
        if not 0 <= place < self.total:
            return self
        source = stretch_rect(self.beam.from_ms, self.beam.to_ms, self.row - self.top, self.view)
        there = self.placed(place)
        found = find_next(direction, source, [each.rect for each in there])
        state = self._at_row(place)
        return state if found is None else state._on(there[found].cell)

    def _at_row(self, place: int) -> "GuideState":
        row = max(0, min(place, self.total - 1))
        top = max(0, min(max(self.top, row - LINES + 1), row, max(0, self.total - LINES)))
        return replace(self, row=row, top=top)._kept_in_sight()

    def _right(self) -> "GuideState":
        cell, view = self.focused, self.view
        if cell.ends_ms >= self.all_time.to_ms and view.to_ms >= self.all_time.to_ms:
            return self
        if cell.ends_ms > view.to_ms:
            return self._scrolled(view.from_ms + PAGE_MS)._sideways()
        state = replace(self, at_ms=cell.ends_ms)
        seen_ms = min(SEEN_MS, state.focused.ends_ms - cell.ends_ms)
        if cell.ends_ms + seen_ms > view.to_ms:
            state = state._scrolled(_half_hour(cell.ends_ms) - MARK_EVERY_MS)
        return state._sideways()

    def _left(self) -> "GuideState":
        cell, view = self.focused, self.view
        if cell.starts_ms <= self.all_time.from_ms and view.from_ms <= self.all_time.from_ms:
            return self
        if cell.starts_ms < view.from_ms:
            return self._scrolled(view.from_ms - PAGE_MS)._sideways()
        state = replace(self, at_ms=cell.starts_ms - 1)
        if state.focused.starts_ms < view.from_ms:
            seen_ms = max(state.focused.starts_ms, cell.starts_ms - PAGE_MS)
            state = state._scrolled(min(view.from_ms, _half_hour(seen_ms)))
        return state._sideways()

    def _scrolled(self, from_ms: int) -> "GuideState":
        last_ms = self.all_time.to_ms - SPAN_MS
        view = _span(max(self.all_time.from_ms, min(from_ms, last_ms)))
        return replace(self, view=view)._kept_in_sight()

    def _sideways(self) -> "GuideState":
        """Up and down look from here from now on."""
        cell = self.focused
        seen = Span(max(cell.starts_ms, self.view.from_ms), min(cell.ends_ms, self.view.to_ms))
        return replace(self, beam=seen, at_ms=max(seen.from_ms, min(self.at_ms, seen.to_ms - 1)))

    def _on(self, cell: Cell) -> "GuideState":
        first_ms, end_ms = max(cell.starts_ms, self.view.from_ms), min(cell.ends_ms, self.view.to_ms)
        return replace(self, at_ms=max(first_ms, min(self.at_ms, end_ms - 1)))

    def _kept_in_sight(self) -> "GuideState":
        return replace(self, at_ms=max(self.view.from_ms, min(self.at_ms, self.view.to_ms - 1)))


def _half_hour(at_ms: int) -> int:
    return at_ms - at_ms % MARK_EVERY_MS


def _span(from_ms: int) -> Span:
    return Span(from_ms, from_ms + SPAN_MS)


def _told(reply: GuideReply) -> Span | None:
    from_ms, to_ms = reply["from_utc_ms"], reply["to_utc_ms"]
    return None if from_ms is None or to_ms is None else Span(from_ms, to_ms)


def _place_of(channel_id: str, state: GuideState) -> int | None:
    found = (n for n, row in enumerate(state.rows) if row["channel_id"] == channel_id)
    return next((state.rows_from + n for n in found), None)
