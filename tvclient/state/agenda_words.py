"""What an agenda is called, and which of its items comes next."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from study.group_api import DISCUSSION, AgendaEntry
from tvclient.words import _

NEARLY = 0.95
"""Who has seen so much of a film has seen it: the rest is its credits."""
NAMED = 3
"""So many episodes are named one by one."""


def is_studied(entry: AgendaEntry) -> bool:
    """To its end in this group study, as far as it has one."""
    length_ms = entry["length_ms"]
    return entry["counted"] if length_ms is None else entry["studied_ms"] >= NEARLY * length_ms


def next_entry(agenda: Iterable[AgendaEntry]) -> AgendaEntry | None:
    """The first that plays and is not studied; None where nothing is left."""
    return next((e for e in agenda if e["kind"] != DISCUSSION and not is_studied(e)), None)


def studied_part(agenda: Sequence[AgendaEntry]) -> list[AgendaEntry]:
    """What was begun, or where nothing was, everything."""
    return [entry for entry in agenda if entry["studied_ms"] > 0] or list(agenda)


def entry_title(entry: AgendaEntry) -> str:
    """What an item is called on the screen."""
    return _("讨论") if entry["kind"] == DISCUSSION else entry["title"]


def agenda_titles(agenda: Sequence[AgendaEntry]) -> tuple[str, ...]:
    """Its courses, each once."""
    return tuple(dict.fromkeys(entry_title(entry) for entry in agenda))


def agenda_line(agenda: Sequence[AgendaEntry]) -> str:
    """发酵床养猪·第 3、4 集; of several courses the first, and how many there are."""
    titles = agenda_titles(agenda)
    if len(titles) > 1:
        return _("{} 等 {} 项").format(titles[0], len(titles))
    return "·".join(part for part in (*titles, episodes_words(agenda)) if part)


def episodes_words(agenda: Iterable[AgendaEntry]) -> str:
    """第 3、4 集, or 第 3–12 集 where there are many; empty where nothing has a number."""
    numbers = sorted({entry["episode"] for entry in agenda if entry["episode"] is not None})
    if not numbers:
        return ""
    if len(numbers) <= NAMED:
        return _("第 {} 集").format(_("、").join(map(str, numbers)))
    runs = [list(run) for _gap, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    spans = (f"{run[0][1]}–{run[-1][1]}" if len(run) > 1 else str(run[0][1]) for run in runs)
    return _("第 {} 集").format(_("、").join(spans))
