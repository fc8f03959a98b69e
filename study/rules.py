"""The rules by which studied time counts, as versioned data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from study.units import HOUR_MS, Milliseconds


class Kind(StrEnum):
    """How an item is studied."""

    VOD = "vod"
    LIVE = "live"
    ARTICLE = "article"
    """Read, not played: the time in which it was open with somebody there."""


class Terminal(StrEnum):
    """On what it was played."""

    TV = "tv"
    WEB = "web"
    MOBILE = "mobile"


class Why(StrEnum):
    """Why a session counts or does not; each has one sentence in `WORDS`."""

    COUNTED = "counted"
    CAPPED = "capped"
    NOT_PLAYED = "not_played"
    LENGTH_UNKNOWN = "length_unknown"
    TOO_SHORT_SHARE = "too_short_share"
    TOO_SHORT = "too_short"
    NOT_IN_RULE = "not_in_rule"


WORDS: Mapping[Why, str] = MappingProxyType(
    {
        Why.COUNTED: "已计入学时",
        Why.CAPPED: "已计入学时，直播单次最多计 4 小时",
        Why.NOT_PLAYED: "没有播放，未计入",
        Why.LENGTH_UNKNOWN: "课程时长未知，未计入",
        Why.TOO_SHORT_SHARE: "不足 20%，未计入",
        Why.TOO_SHORT: "不足 30 秒，未计入",
        Why.NOT_IN_RULE: "这种学习方式不计学时",
    }
)


@dataclass(frozen=True, slots=True)
class Clause:
    """What one kind of study on one terminal must exceed, and the most that one session may count.

    `over_per_cent` is of the item's length, `over_ms` is absolute; both are exceeded strictly.
    """

    over_per_cent: int = 0
    over_ms: int = 0
    most_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named, dated set of clauses. A published rule is never changed; a new one gets a new name.

    What a rule has no clause for, such as the reading of articles under bj-2023, counts nothing.
    """

    name: str
    source: str
    clauses: Mapping[tuple[Terminal, Kind], Clause]


_TWENTY_PER_CENT = Clause(over_per_cent=20)
_LIVE = Clause(most_ms=4 * HOUR_MS)
_THIRTY_SECONDS = Clause(over_ms=30_000)

BJ_2023 = Rule(
    name="bj-2023",
    source="municipal bulletin of October 2023, notes 2 and 3; bulletin of March 2015, notes to table 3",
    clauses=MappingProxyType(
        {
            (Terminal.TV, Kind.VOD): _TWENTY_PER_CENT,
            (Terminal.WEB, Kind.VOD): _TWENTY_PER_CENT,
            (Terminal.TV, Kind.LIVE): _LIVE,
            (Terminal.WEB, Kind.LIVE): _LIVE,
            (Terminal.MOBILE, Kind.VOD): _THIRTY_SECONDS,
            (Terminal.MOBILE, Kind.LIVE): _THIRTY_SECONDS,
        }
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType({BJ_2023.name: BJ_2023})
CURRENT = BJ_2023.name


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule makes of one viewing session."""

    effective_ms: Milliseconds
    counted: bool
    why: Why


def clause_of(rule_name: str, terminal: Terminal, kind: Kind) -> Clause:
    """The clause that applies. Raises KeyError for a rule this version does not know, or without a clause."""
    return RULES[rule_name].clauses[terminal, kind]


def is_in_rule(rule_name: str, terminal: Terminal, kind: Kind) -> bool:
    """Whether the rule has a clause for it. Raises KeyError for a rule this version does not know."""
    return (terminal, kind) in RULES[rule_name].clauses


def judge(
    rule_name: str, terminal: Terminal, kind: Kind, played_ms: Milliseconds, length_ms: Milliseconds
) -> Verdict:
    """Apply a rule to one session's played time and its item's length (0 = unknown).

    Integers only, so that exactly 20 % does not count and one millisecond more does.
    Raises KeyError for a rule this version does not know.
    """
    nothing = Milliseconds(0)
    if played_ms <= 0:
        return Verdict(nothing, False, Why.NOT_PLAYED)
    if not is_in_rule(rule_name, terminal, kind):
        return Verdict(nothing, False, Why.NOT_IN_RULE)
    clause = clause_of(rule_name, terminal, kind)
    if clause.over_per_cent and length_ms <= 0:
        return Verdict(nothing, False, Why.LENGTH_UNKNOWN)
    if clause.over_per_cent and played_ms * 100 <= length_ms * clause.over_per_cent:
        return Verdict(nothing, False, Why.TOO_SHORT_SHARE)
    if played_ms <= clause.over_ms:
        return Verdict(nothing, False, Why.TOO_SHORT)
    if clause.most_ms is not None and played_ms > clause.most_ms:
        return Verdict(Milliseconds(clause.most_ms), True, Why.CAPPED)
    return Verdict(played_ms, True, Why.COUNTED)


def threshold_ms(rule_name: str, terminal: Terminal, kind: Kind, length_ms: Milliseconds) -> Milliseconds:
    """The time that must be exceeded before a session counts; where the bar draws its mark."""
    clause = clause_of(rule_name, terminal, kind)
    return Milliseconds(max(clause.over_ms, length_ms * clause.over_per_cent // 100))


def need_ms(
    rule_name: str, terminal: Terminal, kind: Kind, played_ms: Milliseconds, length_ms: Milliseconds
) -> Milliseconds | None:
    """Time still to be studied until the session counts; 0 once it counts, None if it never can."""
    if not is_in_rule(rule_name, terminal, kind):
        return None
    verdict = judge(rule_name, terminal, kind, played_ms, length_ms)
    if verdict.counted:
        return Milliseconds(0)
    if verdict.why is Why.LENGTH_UNKNOWN or (
        clause_of(rule_name, terminal, kind).over_per_cent and length_ms <= 0
    ):
        return None
    return Milliseconds(threshold_ms(rule_name, terminal, kind, length_ms) + 1 - played_ms)
