"""What the strip over a film says of the group study that goes on before it."""

from dataclasses import dataclass

from study.group_api import GroupEntry
from tvclient import theme
from tvclient.state.check_in_entry import CheckInEntry
from tvclient.state.durations import amount, clock_text
from tvclient.theme import Rgba
from tvclient.words import _


@dataclass(frozen=True, slots=True)
class StripLook:
    """One line: how many, then who came last, what is typed, or what became of it, then what counts."""

    heads: str = ""
    entry: CheckInEntry | None = None
    """Digits being typed."""
    label: str = ""
    words: str = ""
    colour: Rgba = theme.PAPER
    figure: str = ""
    """What counts so far, or how long it has been talked over."""
    figure_colour: Rgba = theme.PAPER2


def strip_look(
    group: GroupEntry, entry: CheckInEntry, said: tuple[str, Rgba] | None, passed_ms: int
) -> StripLook:
    """`said` is what became of the last digits or keys; `passed_ms` ago the agent told of the group study.

    While a film plays nothing in it changes by itself; the clock of a discussion does.
    """
    heads = str(group["present"])
    if said is not None:
        return StripLook(heads, words=said[0].replace("\n", _("，")), colour=said[1])
    if not entry.is_empty:
        return StripLook(heads, entry, words=_("再按 OK") if entry.is_whole else "", colour=theme.PAPER3)
    came = next((one["name"] for one in group["attendees"] if one["is_in"]), "")
    label = _("最近签到") if came else ""
    if group["discussing"]:
        clock = _("讨论 {}").format(clock_text(group["discussion_ms"] + passed_ms))
        return StripLook(heads, None, label, came, theme.GREEN, clock, theme.PAPER)
    counts = group["effective_ms"] > 0
    figure = _("计入 {}").format(amount(group["effective_ms"])) if counts else _("还没有计入")
    colour = theme.GOLD if counts else theme.PAPER3
    return StripLook(heads, None, label, came, theme.GREEN, figure, colour)
