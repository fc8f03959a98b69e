"""Where a title that was broken into lines is underlined."""

from collections.abc import Sequence

_ELLIPSIS = "…"

Stretch = tuple[int, int]


def underlined(title: str, lines: Sequence[str], stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """For each line the stretches [start, end) of its own characters; what was cut off has none.

    `stretches` are of the title's. A line that is not found in the title as it stands (several blanks have
    become one) has none either.
    """
    found: list[list[Stretch]] = []
    place = 0
    for line in lines:
        shown = line if title.find(line, place) >= 0 else line.removesuffix(_ELLIPSIS)
        start = title.find(shown, place)
        end = start + len(shown)
        if start < 0:
            found.append([])
            continue
        place = end
        inside = ((max(first, start) - start, min(last, end) - start) for first, last in stretches)
        found.append([(first, last) for first, last in inside if first < last])
    return found
