"""Answers of the agent to a search."""

from typing import Any

from study.search_api import SearchReply, SearchResult
from tests.fakes.fake_agent import tile


def result(number: int, title: str, *matched: list[int], **other: Any) -> SearchResult:
    """A course of one episode, 28 minutes, on the box."""
    return {"tile": tile(number, title, **other), "matched": list(matched)}


def reply(typed: str, *results: SearchResult, **other: Any) -> SearchReply:
    """All there is, unless told otherwise."""
    found: dict[str, Any] = {
        "typed": typed,
        "ready": True,
        "total": len(results),
        "more": False,
        "results": list(results),
    }
    return found | other  # type: ignore[return-value]


PIGS = result(5, "发酵床养猪", [0, 3], episodes=8)
MANNERS = result(2, "政务礼仪", [0, 4], category="文化建设", on_box=False)
