"""What is said over loopback about the roster, as both sides read it."""

from typing import TypedDict

ROSTER_IMPORT = "/v1/roster/import"
ROSTER_ERASURE = "/v1/roster/erasure"

PEOPLE_MAX = 1_000
"""In one request; a longer list comes in several."""


class RosterReply(TypedDict):
    """What became of the people of a list."""

    new: int
    changed: int
    """The same number, another name."""
    same: int


class ErasureReply(TypedDict):
    """Whose name and number are gone."""

    member_id: int
