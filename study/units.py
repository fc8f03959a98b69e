"""The units and identifiers that all parts share."""

from typing import NewType

Milliseconds = NewType("Milliseconds", int)
"""A length of time, or a position in a course, in whole milliseconds."""

MonotonicMs = NewType("MonotonicMs", int)
"""CLOCK_BOOTTIME in whole milliseconds; means something only together with its `BootId`."""

BootId = NewType("BootId", str)
"""The kernel's boot id; two monotonic times can be compared only within one boot."""

CourseId = NewType("CourseId", str)
ArticleId = NewType("ArticleId", str)
ItemId = NewType("ItemId", str)
"""What is played: an episode "<course>.<number>", a channel "L1", a live programme "L1@<its start>".

What is read has one too: "article:<its id>".
"""

PlayId = NewType("PlayId", str)
"""One opening of the player, named by the television: 16 hexadecimal digits."""

StationNumber = NewType("StationNumber", str)
Epoch = NewType("Epoch", str)
"""64 random bits made with the box's database, as 16 hexadecimal digits."""

Seq = NewType("Seq", int)
"""A record's place in its epoch, from 1, without gaps."""

MINUTE_MS = 60_000
HOUR_MS = 3_600_000
LONGEST_MS = 36_525 * 24 * HOUR_MS
"""No machine runs, and no course lasts, a hundred years."""
