"""Lines: many folded texts in one string, so that one expression looks through all of them.

```
text    \\n发酵床养猪\\n养猪\\n        signs   \\nαβγδε\\nδε\\n        starts  0  6
```
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from agent.search.readings import Readings


class Rows(NamedTuple):
    """Numbers of lines, from 0, ascending."""

    whole: list[int]
    """All of the line was found."""
    part: list[int]


class Lines:
    """Of each line its characters, and the signs of their readings at the same places."""

    __slots__ = ("_signs", "_starts", "_text")

    def __init__(self, folded: Sequence[str], readings: Readings) -> None:
        """`folded` hold no line ends, as folding leaves them."""
        self._text = "\n".join(("", *folded, ""))
        readings.learn(self._text)
        self._signs = readings.signs(self._text)
        self._starts = array("I")
        place = 0
        for line in folded:
            self._starts.append(place)
            place += len(line) + 1

    def rows(self, pattern: re.Pattern[str], *, by_signs: bool, holding: str = "") -> Rows:
        """In which lines it is found; it must find each once, and tell in its first group what it found.

        `holding` is what the text must hold for anything to be found.
        """
        searched = self._signs if by_signs else self._text
        rows = Rows([], [])
        if holding not in searched:
            return rows
        starts = self._starts
        for found in pattern.finditer(searched):
            row = bisect_right(starts, found.start()) - 1
            is_whole = found.start(1) == starts[row] + 1 and searched[found.end(1)] == "\n"
            (rows.whole if is_whole else rows.part).append(row)
        return rows
