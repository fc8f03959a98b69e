"""The lines of a text: where each begins and ends, as characters of the text."""

from collections.abc import Callable, Iterator

from tvclient.widgets.line_break import line_end

Measure = Callable[[str], float]
Indents = tuple[int, int]
"""Px before the first line of a text, with those before each further one."""
Span = tuple[int, int]
"""First character of a line, and the one behind its last."""

AT_THE_EDGE: Indents = (0, 0)


def line_from(text: str, start: int, width_px: int, measure: Measure) -> Span:
    """The line that begins at a character; blanks that end it are its own, a line feed is nobody's.

    It is empty where a line feed stands at its start.
    """
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    if start == stop:
        return start, start
    end = start + line_end(text[start:stop], width_px, measure)
    while end < stop and text[end].isspace():
        end += 1
    return start, end


def behind(text: str, line: Span) -> int:
    """Where the line after this one begins."""
    end = line[1]
    return end + 1 if text[end : end + 1] == "\n" else end


def lines_of(text: str, width_px: int, measure: Measure, indents: Indents = AT_THE_EDGE) -> Iterator[Span]:
    """All lines of a text that is set in one width."""
    start = 0
    while start < len(text):
        line = line_from(text, start, width_px - indents[start > 0], measure)
        yield line
        start = behind(text, line)
