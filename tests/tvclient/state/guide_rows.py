"""Answers of the agent as a test of the guide tells them."""

from collections.abc import Sequence

from study.guide_api import GuideReply, GuideRow
from study.units import HOUR_MS, MINUTE_MS
from tests.fakes.fake_guide import EVENING_MS, Shown, programme
from tvclient.state.guide_state import ROWS_FETCHED, GuideState, Wanted

SEVEN_MS = EVENING_MS


def row(number: int, *shown: Shown, has_guide: bool | None = None) -> GuideRow:
    return {
        "channel_id": f"L{number}",
        "number": number,
        "title": f"频道{number}",
        "group": "",
        "has_guide": bool(shown) if has_guide is None else has_guide,
        "programmes": [programme(number, each) | {"about": f"讲{each[2]}"} for each in shown],
    }


def reply(
    rows: Sequence[GuideRow],
    now_min: int | None = 32,
    first: int = 0,
    total: int | None = None,
    hours: tuple[int, int] = (0, 12),
) -> GuideReply:
    """What the agent says at so many minutes after seven; `hours` after seven is what it tells of."""
    is_dated = now_min is not None
    return {
        "now_utc_ms": SEVEN_MS + now_min * MINUTE_MS if now_min is not None else None,
        "from_utc_ms": SEVEN_MS + hours[0] * HOUR_MS if is_dated else None,
        "to_utc_ms": SEVEN_MS + hours[1] * HOUR_MS if is_dated else None,
        "first": first,
        "total": len(rows) + first if total is None else total,
        "rows": list(rows),
    }


EVENING = (
    row(1, (0, 45, "依靠人民"), (45, 100, "基层治理"), (100, 180, "六稳六保")),
    row(2, (0, 80, "冬小麦"), (80, 125, "大棚甜瓜"), (125, 180, "养殖户夜校")),
    row(3, (0, 60, "政务礼仪"), (60, 130, "分配制度"), (130, 180, "光环的代价")),
    row(4, (0, 30, "评剧名段"), (30, 105, "非遗大讲堂"), (105, 180, "文艺汇演")),
    row(5, (0, 55, "心脑血管"), (55, 110, "营养课"), (110, 180, "八段锦")),
)
"""The picture of the design."""


def with_reply(state: GuideState, told: GuideReply) -> GuideState:
    """After the agent has answered what the state wants, or what it wanted at first."""
    return state.fetched(state.wanted or Wanted(0, ROWS_FETCHED, None, None), told)


def first(told: GuideReply) -> GuideState:
    """Right after the opening."""
    return with_reply(GuideState(), told)
