"""What the player's bar says: where the playhead is, what was seen, and whether it counts yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from study.coverage import Stretch, clipped
from study.rules import CURRENT, Kind, Terminal, clause_of, judge, need_ms, threshold_ms
from study.units import HOUR_MS, Milliseconds
from study.watch import WatchInterval, covered, played_ms
from tvclient.state.durations import clock_text, remaining_text
from tvclient.words import _


@dataclass(frozen=True, slots=True)
class Item:
    """What is played; `length_ms` is 0 while nobody knows it. `episode` is empty where there is none."""

    kind: Kind
    title: str
    episode: str
    length_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was known when this play began: time of the same session, stretches ever seen.

    `played_ms` is negative for what of this play belongs to an earlier session.
    """

    played_ms: Milliseconds
    covered: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class BarState:
    """Shares are 0–1 of the bar's width; `threshold` is None where no mark is drawn.

    For live the bar stands for the most that one session may count; `cap_words` says so.
    """

    time_now: str
    time_total: str
    playhead: float
    seen: tuple[tuple[float, float], ...]
    threshold: float | None
    effective: str
    counted: bool
    count_words: str
    live: bool
    cap_words: str = ""


EMPTY = BarState("", "", 0.0, (), None, "", False, "", False)


def bar_state(
    item: Item, earlier: Earlier, intervals: tuple[WatchInterval, ...], position_ms: int
) -> BarState:
    """The bar at one moment; judged by the rule itself, so that it agrees with the record.

    `position_ms` is the playhead, or the place a seek will lead to.
    """
    studied_ms = Milliseconds(max(0, earlier.played_ms + played_ms(intervals)))
    verdict = judge(CURRENT, Terminal.TV, item.kind, studied_ms, item.length_ms)
    count_words = _("已计入学时") if verdict.counted else _missing(item, studied_ms)
    if item.kind is Kind.LIVE:
        return _live_bar(verdict.effective_ms, verdict.counted, count_words)
    return BarState(
        time_now=clock_text(min(position_ms, item.length_ms or position_ms)),
        time_total=clock_text(item.length_ms) if item.length_ms else "",
        playhead=_share(position_ms, item.length_ms),
        seen=_seen(item, (*earlier.covered, *covered(intervals))),
        threshold=_threshold(item.length_ms),
        effective=clock_text(studied_ms),
        counted=verdict.counted,
        count_words=count_words,
        live=False,
    )


def pixels(share: float, width_px: int) -> int:
    """A share of the bar as whole pixels from its left end."""
    return round(min(1.0, max(0.0, share)) * width_px)


def _live_bar(effective_ms: Milliseconds, counted: bool, count_words: str) -> BarState:
    most_ms = clause_of(CURRENT, Terminal.TV, Kind.LIVE).most_ms or 0
    return BarState(
        time_now=_("直播"),
        time_total=clock_text(most_ms) if most_ms else "",
        playhead=0.0,
        seen=((0.0, _share(effective_ms, most_ms)),) if effective_ms else (),
        threshold=None,
        effective=clock_text(effective_ms),
        counted=counted,
        count_words=count_words,
        live=True,
        cap_words=_("单次最多计 {} 小时").format(most_ms // HOUR_MS) if most_ms else "",
    )


def _share(place_ms: int, length_ms: int) -> float:
    return min(1.0, max(0, place_ms) / length_ms) if length_ms else 0.0


def _seen(item: Item, stretches: Iterable[Stretch]) -> tuple[tuple[float, float], ...]:
    if not item.length_ms:
        return ()
    inside = clipped(stretches, item.length_ms)
    return tuple((_share(start, item.length_ms), _share(end, item.length_ms)) for start, end in inside)


def _threshold(length_ms: Milliseconds) -> float | None:
    if not length_ms:
        return None
    return threshold_ms(CURRENT, Terminal.TV, Kind.VOD, length_ms) / length_ms


def _missing(item: Item, studied_ms: Milliseconds) -> str:
    missing_ms = need_ms(CURRENT, Terminal.TV, item.kind, studied_ms, item.length_ms)
    if missing_ms is None:
        return _("时长未知·暂不计入")
    # The mark itself is not enough, so a millisecond is missing there too; nobody is told of that one.
    return _("未计入·还需 {}").format(remaining_text(max(1, missing_ms - 1)))
