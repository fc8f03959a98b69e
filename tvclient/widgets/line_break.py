"""Where a text is broken into lines, and where it is cut with an ellipsis."""

import unicodedata
from collections.abc import Callable

Measure = Callable[[str], float]

ELLIPSIS = "…"
# Signs that may not begin a line, and signs that may not end one.
NOT_FIRST = "，。、；：？！）》」』”’%·…—,.;:?!)"
NOT_LAST = "（《「『“‘("
JOINER = "\u200d"
# Signs that one line hardly ever holds; measuring a whole book for each of its lines would take for ever.
WINDOW = 128


def break_lines(text: str, width_px: float, max_lines: int, measure: Measure) -> list[str]:
    """At most `max_lines` lines of at most `width_px`; what does not fit is cut with an ellipsis.

    Breaks at line feeds, between any two Chinese signs, between words of other scripts, never before
    closing or after opening punctuation. `measure` gives the width of a piece of text in px.
    """
    lines: list[str] = []
    paragraphs = text.split("\n")
    for number, paragraph in enumerate(paragraphs):
        left = max_lines - len(lines)
        if left <= 0:
            break
        piece = " ".join(paragraphs[number:]) if left == 1 else paragraph
        lines += _break_paragraph(piece, width_px, left, measure)
    return lines


def _break_paragraph(text: str, width_px: float, max_lines: int, measure: Measure) -> list[str]:
    rest = " ".join(text.split())
    lines: list[str] = []
    while rest and len(lines) < max_lines - 1:
        cut = line_end(rest, width_px, measure)
        if cut == len(rest):
            break
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        lines.append(cut_with_ellipsis(rest, width_px, measure))
    return lines


def line_end(text: str, width_px: float, measure: Measure) -> int:
    """How many signs the first line of a text without line feeds takes; all of them where they fit."""
    window = WINDOW
    while (end := _fitting(text[:window], width_px, measure)) == window < len(text):
        window *= 2
    return end if end == len(text) else _allowed(text, end)


def cut_with_ellipsis(text: str, width_px: float, measure: Measure) -> str:
    """The text if it fits into `width_px`, else as much of it as fits before an ellipsis."""
    if measure(text) <= width_px:
        return text
    return text[: _fitting(text, width_px - measure(ELLIPSIS), measure)].rstrip() + ELLIPSIS


def _fitting(text: str, width_px: float, measure: Measure) -> int:
    """How many signs from the front fit, by halving; at least one so that every line goes on."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle]) <= width_px:
            low = middle
        else:
            high = middle - 1
    return low


def _allowed(text: str, end: int) -> int:
    """The last place at or before `end` where a line may end; `end` itself if there is none."""
    for cut in range(end, 0, -1):
        before, after = text[cut - 1], text[cut]
        in_word = before.isascii() and after.isascii() and not before.isspace() and not after.isspace()
        if not in_word and after not in NOT_FIRST and before not in NOT_LAST and not _is_one(before, after):
            return cut
    return end


def _is_one(before: str, after: str) -> bool:
    """Whether two characters make one sign: a letter with its accent, the parts of an emoji."""
    return JOINER in (before, after) or unicodedata.category(after).startswith("M")
