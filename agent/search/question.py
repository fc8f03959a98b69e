"""A question: what was typed, as expressions over lines, the best answers first.

```
the whole title · its start · inside · the producer · two words of it · scattered · its first characters
each first as it is written, then as it is spelt; those in several pieces only from the title's start
```
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from agent.search.folding import fold, fold_with_places
from agent.search.readings import Readings
from agent.search.spelling import SPELLINGS_MAX, Alphabet, Alphabets, Piece, Spelling, first_pieces, spellings

_TYPED_MAX = 60
"""Folded characters that are looked at; nobody types more, and no two titles are so long alike."""
_APART_MIN, _APART_MAX, _APART_DIGITS_MAX = 3, 8, 5
"""Two letters apart stand in every tenth title, and nobody shortens a title to more than eight; a digit
stands for three letters, so that more than five of them apart mean nothing.
"""
_FEW = 8
"""Two screens of results: with fewer, two words of a title are looked for as well."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Answers of one worth. Groups of its pattern are what was matched."""

    source: str
    by_signs: bool
    is_start: bool = False
    """Those that are the whole title come before all others of it."""
    of_producer: bool = False
    below: int | None = None
    """Asked only where fewer answers than that were found before."""
    holding: str = ""
    """What a text must hold as it stands, and rarely does: looked for first, for that is fast."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Made when it is asked for the first time, and kept by `re`: most questions are answered before."""
        return re.compile(self.source)


@dataclass(frozen=True, slots=True)
class Question:
    """Ready to be put to any number of lines."""

    tiers: tuple[Tier, ...]
    readings: Readings

    def matched(self, title: str) -> list[list[int]]:
        """Stretches [start, end) of a title's characters that were typed; empty where it is the producer."""
        text, places = fold_with_places(title)
        written = f"\n{text}\n"
        signs = self.readings.signs(written)
        for tier in self.tiers:
            found = tier.pattern.search(signs if tier.by_signs else written)
            if found is not None and not tier.of_producer:
                spans = (found.span(group) for group in range(1, found.re.groups + 1))
                return _joined((places[start - 1], places[end - 2] + 1) for start, end in spans if start > 0)
        return []


def question(typed: str, known: Alphabets, readings: Readings) -> Question:
    """Any text may have been typed; one without letters, digits and characters has no tiers."""
    folded = fold(typed)[:_TYPED_MAX]
    if not folded:
        return Question((), readings)
    # Folding leaves nothing that means something in an expression. What is scattered in letters is found by
    # their signs, which stand for themselves.
    apart = () if folded.isascii() else tuple(folded)
    ways = [_Way(folded, apart, by_signs=False, holding=folded)]
    begun: Iterable[Tier] = ()
    if folded.isascii():
        alphabet = known.digits if folded.isdigit() else known.letters
        found = spellings(folded, alphabet)
        if found:
            ways.append(_Way(_core(folded, found, alphabet), _apart(folded, alphabet), by_signs=True))
        if len(found) == SPELLINGS_MAX:
            begun = _begun(folded, alphabet)
    return Question((*_tiers(ways), *begun), readings)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to look."""

    core: str
    """Begins with a character or a class of them: so much is looked for fast."""
    apart: tuple[str, ...]
    """One for each character of the title; empty where that is not known."""
    by_signs: bool
    holding: str = ""


def _begun(folded: str, alphabet: Alphabet) -> Iterator[Tier]:
    """What can be read in more ways than are tried to its end: where nothing else was found, its first
    characters tell enough.
    """
    core = _core(folded, first_pieces(folded, alphabet), alphabet)
    yield Tier(f"\\n({core})", by_signs=True, is_start=True, below=1)
    yield Tier(f"({core})[^\\n]*", by_signs=True, below=1)


def _core(folded: str, found: Iterable[Spelling], alphabet: Alphabet) -> str:
    # All that is read as the first syllable begins with its first letter, so one look finds them all.
    beginning = Piece(folded[0], is_whole=False)
    return _class(beginning, alphabet) + _any(_after(beginning, found, alphabet))


def _apart(folded: str, alphabet: Alphabet) -> tuple[str, ...]:
    classes = tuple(_class(Piece(letter, is_whole=False), alphabet) for letter in folded)
    # No syllable begins with i, u or v, only that letter itself: with them, syllables were typed.
    is_beginnings = all(len(held) > len("[i]") for held in classes)
    longest = _APART_MAX if alphabet.is_mixed else _APART_DIGITS_MAX
    return classes if is_beginnings and len(folded) <= longest else ()


def _after(beginning: Piece, found: Iterable[Spelling], alphabet: Alphabet) -> Iterator[str]:
    """What stands after a character read as `beginning`; what else it must be read as is asked after that,
    for most don't come so far.
    """
    for first, branches in _grouped(found, alphabet):
        if not branches:
            yield f"(?<={_class(first, alphabet)})"
        for second, rest in branches:
            asked = "" if first == beginning else f"(?<={_class(first, alphabet)}.)"
            yield f"{second}{asked}{rest}"


def _grouped(found: Iterable[Spelling], alphabet: Alphabet) -> Iterator[tuple[Piece, list[tuple[str, str]]]]:
    """Each first piece once, with the classes that may follow it, each with what may follow that."""
    rests: dict[Piece, list[Spelling]] = {}
    for first, *rest in found:
        rests.setdefault(first, []).append(tuple(rest))
    for first, after in rests.items():
        yield (
            first,
            [
                (_class(second, alphabet), _any(cls + then for cls, then in branches))
                for second, branches in _grouped(filter(None, after), alphabet)
            ],
        )


def _any(branches: Iterable[str]) -> str:
    held = list(branches)
    return f"(?:{'|'.join(held)})" if held else ""


def _class(piece: Piece, alphabet: Alphabet) -> str:
    return f"[{alphabet.class_of(piece)}]"


def _tiers(ways: Sequence[_Way]) -> Iterator[Tier]:
    for way in ways:
        yield Tier(f"\\n({way.core})", way.by_signs, is_start=True, holding=way.holding)
    for of_producer in (False, True):
        for way in ways:
            inside = f"({way.core})[^\\n]*"
            yield Tier(inside, way.by_signs, of_producer=of_producer, holding=way.holding)
    apart = [way for way in ways if _APART_MIN <= len(way.apart) <= _APART_MAX]
    for way in apart:
        yield Tier(_two_words(way.apart), way.by_signs, below=_FEW)
    for way in apart:
        yield Tier(_scattered(way.apart), way.by_signs, below=1)


def _two_words(apart: Sequence[str]) -> str:
    """大棚管理 for 大棚的冬季管理."""
    cuts = range(len(apart) - 1, 0, -1)
    ways = (f"({''.join(apart[:cut])})[^\\n]*?({''.join(apart[cut:])})" for cut in cuts)
    # Most titles begin otherwise, and are done with at their first character.
    return f"\\n(?={apart[0]})(?:{'|'.join(ways)})"


def _scattered(apart: Sequence[str]) -> str:
    """Whichever fits next is the best: without going back, as atomic groups tell, no title takes longer than
    its length.
    """
    first, *rest = apart
    return f"\\n({first})" + "".join(f"(?>[^\\n]*?({character}))" for character in rest)


def _joined(stretches: Iterable[tuple[int, int]]) -> list[list[int]]:
    joined: list[list[int]] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([start, end])
    return joined
