"""The sentences of an article: what is read aloud in one breath, with where it stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tvclient.state.article_page import Line, Page, Place
from tvclient.state.article_part import Part, PartKind

LONGEST = 120
"""Characters; without a sign that ends it, a sentence ends at the last comma before, or here."""

_ENDED = re.compile(r"[^。！？!?；;…\n]*[。！？!?；;…\n]+[”’」』）)\]》]*|[^。！？!?；;…\n]+")
_PAUSES = "，、：,:"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Some characters of a part's text; `spoken` is what of them is said."""

    part: int
    start: int
    end: int
    spoken: str

    @property
    def place(self) -> Place:
        return Place(self.part, self.start)


def sentences_of(parts: Sequence[Part]) -> tuple[Sentence, ...]:
    """All sentences in order; the byline is not read aloud."""
    found = (
        Sentence(number, start, end, part.text[start:end].strip())
        for number, part in enumerate(parts)
        if part.kind is not PartKind.BYLINE
        for start, end in _stretches(part.text)
    )
    return tuple(sentence for sentence in found if any(sign.isalnum() for sign in sentence.spoken))


def stretch_on(line: Line, sentence: Sentence) -> tuple[int, int] | None:
    """Which characters of a line's text belong to a sentence; None for none."""
    if line.part != sentence.part:
        return None
    start = max(line.start, sentence.start) - line.start
    end = min(line.end, sentence.end) - line.start
    return (start, min(end, len(line.text))) if start < min(end, len(line.text)) else None


def is_on(page: Page, sentence: Sentence) -> bool:
    """Whether any of a sentence stands on a page."""
    return any(stretch_on(line, sentence) is not None for line in page.lines)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    for found in _ENDED.finditer(text):
        start, end = found.span()
        while end - start > LONGEST:
            pause = max(text.rfind(sign, start, start + LONGEST) for sign in _PAUSES)
            cut = pause + 1 if pause > start else start + LONGEST
            yield start, cut
            start = cut
        yield start, end
