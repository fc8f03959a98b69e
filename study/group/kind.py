"""Kinds of group study: the four that every station holds, and a city's or station's own."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class GroupKind(StrEnum):
    """The kinds that have a fixed name; any other text is a kind of one's own, named by itself."""

    BRANCH_MEETING = "branch_meeting"
    THEME_DAY = "theme_day"
    EVENING_SCHOOL = "evening_school"
    FREE = "free"


WORDS: Mapping[str, str] = MappingProxyType(
    {
        GroupKind.BRANCH_MEETING: "三会一课",
        GroupKind.THEME_DAY: "固定党日",
        GroupKind.EVENING_SCHOOL: "农民夜校",
        GroupKind.FREE: "自由学习",
    }
)
KIND_MAX, THEME_MAX = 20, 60
"""Characters."""


def kind_words(kind: str) -> str:
    """What a kind is called on screens and in lists."""
    return WORDS.get(kind, kind)
