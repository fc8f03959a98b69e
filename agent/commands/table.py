"""A table that fits its terminal, with Chinese characters two columns wide."""

from collections.abc import Sequence

from tabulate import tabulate
from wcwidth import wcswidth, wcwidth

_GAP = 2
_HEAD_MARGIN = 2
"""tabulate makes a column so much wider than its name."""
_CELL_MIN = 8
"""Narrower than that words say nothing."""
_FIGURE_MAX = 16
"""A date, a length, a number without its end is a wrong one: up to this width they stay whole."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """Lines of at most `width` columns where that can be had by shortening cells, widest columns first.

    Where it can't be had nothing is cut: the terminal breaks the lines anyway.
    """
    cells = [[_printable(cell) for cell in row] for row in rows]
    if width is not None:
        cells = _narrowed(head, cells, width)
    return tabulate(cells, headers=head, tablefmt="simple", disable_numparse=True)


def shortened(text: str, columns: int) -> str:
    """The beginning of a text, with an ellipsis where something was left out."""
    if _columns(text) <= columns:
        return text
    kept, used = "", 0
    for character in text:
        used += max(wcwidth(character), 0)
        if used > columns - 1:
            break
        kept += character
    return kept + "…"


def _narrowed(head: Sequence[str], rows: list[list[str]], width: int) -> list[list[str]]:
    names = [_columns(name) + _HEAD_MARGIN for name in head]
    held = list(zip(head, *rows, strict=True))
    columns = [max(name, *map(_columns, cells)) for name, cells in zip(names, held, strict=True)]
    floors = [max(name, *map(_floor, cells)) for name, cells in zip(names, held, strict=True)]
    gaps = _GAP * (len(columns) - 1)
    if sum(floors) + gaps > width:
        return rows
    too_wide = sum(columns) + gaps - width
    while too_wide > 0:
        widest = max(range(len(columns)), key=lambda n: columns[n] - floors[n])
        columns[widest] -= 1
        too_wide -= 1
    return [[shortened(text, columns[n]) for n, text in enumerate(row)] for row in rows]


def _floor(text: str) -> int:
    columns = _columns(text)
    is_figure = columns == len(text) and columns <= _FIGURE_MAX
    return columns if is_figure else min(columns, _CELL_MIN)


def _printable(text: str) -> str:
    # Words of the platform end up here too: they must not move the cursor about.
    return "".join(character if character.isprintable() else " " for character in text)


def _columns(text: str) -> int:
    return max(wcswidth(text), 0)
