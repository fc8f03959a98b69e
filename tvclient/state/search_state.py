"""A search while it is typed: the field, the pad, what was found for it, and what to offer before.

```
typed     f      fj         fjc
asked     f ───────────▶    fjc ────▶         one question at a time, always the newest
shown            (old)      f       fjc       what was found last stays until there is something newer
```
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from study.search_api import SearchesReply, SearchReply
from tvclient.state.search_row import SearchRow, search_row
from tvclient.words import _

MOST_TYPED = 20
"""As much as the field shows."""
MOST_OFFERED = 8
"""Of each kind; more have no room."""


class Pad(StrEnum):
    """Which keys are on the screen; the digits of the remote control type on both."""

    LETTERS = "letters"
    DIGITS = "digits"


class Phase(StrEnum):
    """What stands beside the keys."""

    OFFERS = "offers"
    """Nothing is typed: what was looked for before."""
    LOADING = "loading"
    """Asked for the first time, and no answer yet."""
    PREPARING = "preparing"
    """The box has just started and looks through its catalogue."""
    FOUND = "found"
    EMPTY = "empty"
    AWAY = "away"
    """The agent does not answer; asking again helps."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """Changed only by its methods, each of which gives the next state."""

    typed: str = ""
    pad: Pad = Pad.LETTERS
    asked: str | None = None
    """On its way to the agent."""
    answered: str | None = None
    """What `rows` were found for; None before the first answer, and after one that failed."""
    is_ready: bool = True
    rows: tuple[SearchRow, ...] = ()
    total: int = 0
    is_more: bool = False
    """There are more than `total`."""
    trouble: str = ""
    """Why there is no answer; empty while there is no reason to worry."""
    recent: tuple[str, ...] = ()
    hot: tuple[str, ...] = ()

    # ---- typing

    def press(self, character: str) -> "SearchState":
        """One more letter or digit; a full field takes no more."""
        return self._with_typed(self.typed + character) if len(self.typed) < MOST_TYPED else self

    def delete(self) -> "SearchState":
        """Without the last one."""
        return self._with_typed(self.typed[:-1])

    def clear(self) -> "SearchState":
        """An empty field."""
        return self._with_typed("")

    def take_words(self, words: str) -> "SearchState":
        """What was looked for before, all of it at once."""
        return self._with_typed(words)

    def other_pad(self) -> "SearchState":
        """Letters for digits and back; what is typed stays."""
        return replace(self, pad=Pad.DIGITS if self.pad is Pad.LETTERS else Pad.LETTERS)

    # ---- asking

    @property
    def question(self) -> str | None:
        """What to ask the agent now; None while it is asked already, or known."""
        is_due = self.typed and self.asked is None and self.answered != self.typed and not self.trouble
        return self.typed if is_due else None

    def asking(self) -> "SearchState":
        """The question is on its way."""
        return replace(self, asked=self.typed)

    def took(self, reply: SearchReply) -> "SearchState":
        """The first page for what was asked; shown even where somebody has typed on, for it is nearer."""
        held = replace(self, asked=None, trouble="", is_ready=reply["ready"])
        if not held.is_ready:
            return replace(held, trouble=_("课程目录还没有整理好。"))
        if not self.typed:
            return held
        held = replace(held, answered=reply["typed"], total=reply["total"], is_more=reply["more"])
        return replace(held, rows=_with_further((), reply))

    def failed(self, words: str) -> "SearchState":
        """The agent did not answer; asked again only by `again` or by typing on."""
        return replace(self, asked=None, answered=None, is_ready=True, trouble=words)

    def again(self) -> "SearchState":
        """Forget the trouble, so that the question is asked once more."""
        return replace(self, trouble="")

    def took_more(self, reply: SearchReply, offset: int) -> "SearchState":
        """A further page; dropped where it doesn't go on from here."""
        if reply["typed"] != self.answered or offset != len(self.rows):
            return self
        return replace(self, rows=_with_further(self.rows, reply))

    def took_searches(self, reply: SearchesReply) -> "SearchState":
        """What was looked for before."""
        recent, hot = (tuple(dict.fromkeys(reply[kind]))[:MOST_OFFERED] for kind in ("recent", "hot"))
        return replace(self, recent=recent, hot=hot)

    # ---- showing

    @property
    def phase(self) -> Phase:
        """What stands beside the keys now."""
        if not self.typed:
            return Phase.OFFERS
        if self.trouble:
            return Phase.AWAY if self.is_ready else Phase.PREPARING
        if self.answered is None:
            return Phase.LOADING
        return Phase.FOUND if self.rows else Phase.EMPTY

    @property
    def title(self) -> str:
        """Over the results: how many there are, or what to do."""
        match self.phase:
            case Phase.OFFERS:
                return _("打首字母就能找") if not (self.recent or self.hot) else ""
            case Phase.LOADING:
                return _("正在查找…")
            case Phase.EMPTY:
                return _("没有找到“{}”").format(self.typed.upper())
            case Phase.FOUND:
                return _count(self.rows, self.total, is_more=self.is_more)
            case Phase.AWAY:
                return _("现在查不了")
            case _:
                return _("正在整理课程目录，请稍候…")

    @property
    def hint(self) -> str:
        """Below the title: what to try next; empty where nothing needs to be said."""
        match self.phase:
            case Phase.OFFERS:
                return _("例如：发酵床养猪，打 F J C，或按数字键 3 5 2。")
            case Phase.EMPTY:
                return _("可以少打几个字母，或只打每个字的首字母。")
            case Phase.AWAY:
                return self.trouble
            case _:
                return ""

    def _with_typed(self, typed: str) -> "SearchState":
        if typed == self.typed:
            return self
        if not typed:
            kept = replace(self, rows=(), total=0, is_more=False, answered=None)
            return replace(kept, typed="", trouble="", is_ready=True)
        return replace(self, typed=typed, trouble="", is_ready=True)


def _with_further(rows: Sequence[SearchRow], reply: SearchReply) -> tuple[SearchRow, ...]:
    """Nothing twice, whatever the catalogue became between two pages."""
    found = {row.result_id: row for row in rows}
    for result in reply["results"]:
        found.setdefault(result["tile"]["id"], search_row(result))
    return tuple(found.values())


def _count(rows: Sequence[SearchRow], total: int, *, is_more: bool) -> str:
    if is_more:
        return _("找到 {} 多个结果").format(total)
    if all(row.is_course for row in rows) and len(rows) >= total:
        return _("找到 {} 门课程").format(total)
    return _("找到 {} 个结果").format(total)
