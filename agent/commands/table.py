"""A table that fits its terminal, with Chinese characters two columns wide."""

from collections.abc import Sequence

from tabulate import tabulate
from wcwidth import wcswidth, wcwidth

_GAP = 2
_COLUMN_MIN = 8
"""Narrower than that a cell says nothing; the terminal breaks the line instead."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """Lines of at most `width` columns where that can be had by shortening cells, widest columns first."""
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
    columns = [max(_columns(text) for text in column) for column in zip(head, *rows, strict=True)]
    floors = [max(_COLUMN_MIN, _columns(name)) for name in head]
    too_wide = sum(columns) + _GAP * (len(columns) - 1) - width
    while too_wide > 0:
        widest = max(range(len(columns)), key=lambda n: columns[n] - floors[n])
        if columns[widest] <= floors[widest]:
            break
        columns[widest] -= 1
        too_wide -= 1
    return [[shortened(text, columns[n]) for n, text in enumerate(row)] for row in rows]


def _printable(text: str) -> str:
    # Words of the platform end up here too: they must not move the cursor about.
    return "".join(character if character.isprintable() else " " for character in text)


def _columns(text: str) -> int:
    return max(wcswidth(text), 0)
