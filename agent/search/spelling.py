"""Spellings: the ways in which typed letters, or the digits under them, can be syllables one after another.

```
fjc      f· j· c·          each the beginning of a syllable
xian     xian·    xi an·    x· i…  no syllable begins so
```
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from agent.search.readings import Readings

SPELLINGS_MAX = 24
"""Each is part of the expression that is put to every title."""
_FIRST_PIECES, _BEGINNINGS_MAX = 4, 96
_LONGEST = 6
"""Letters in “zhuang”."""
_DOUBLE = ("zh", "ch", "sh")
_KEYS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
DIGITS = str.maketrans({letter: digit for digit, letters in _KEYS.items() for letter in letters})
"""Letters to the keys they stand on."""


class Piece(NamedTuple):
    """What one character of a title must be read as."""

    letters: str
    is_whole: bool
    """Just this syllable; otherwise any that begins so."""


Spelling = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Signs by what they can be read as: in letters, or in the digits of a telephone's keys."""

    by_reading: Mapping[str, str]
    """Syllable → all signs that can be read so."""
    is_mixed: bool
    """Whether whole syllables and beginnings may alternate; in digits nearly everything would match."""

    def class_of(self, piece: Piece) -> str:
        """The signs that fit, none twice; empty where nothing does."""
        if piece.is_whole:
            return self.by_reading.get(piece.letters, "")
        # A digit among letters is itself, or what stands on its key: some go over to the digits midway.
        begins = (piece.letters, *_KEYS.get(piece.letters, ""))
        fitting = (signs for read, signs in self.by_reading.items() if read.startswith(begins))
        return "".join(sorted(set().union(*fitting)))


@dataclass(frozen=True, slots=True)
class Alphabets:
    """Both ways to type."""

    letters: Alphabet
    digits: Alphabet


def alphabets(readings: Readings) -> Alphabets:
    """Of all that is known now."""
    return Alphabets(
        Alphabet(_by_reading(readings, str), is_mixed=True),
        Alphabet(_by_reading(readings, lambda read: read.translate(DIGITS)), is_mixed=False),
    )


def _by_reading(readings: Readings, written: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for read, sign in readings.sets:
        for syllable in read:
            found.setdefault(written(syllable), set()).add(sign)
    return {syllable: "".join(sorted(signs)) for syllable, signs in found.items()}


def first_pieces(typed: str, alphabet: Alphabet) -> list[Spelling]:
    """The first four pieces of every spelling, at most 96 of them; shorter ones whole.

    For what can be read in more ways than are tried to its end.
    """
    return _walked(typed, alphabet, {}, _BEGINNINGS_MAX, _FIRST_PIECES)


def spellings(typed: str, alphabet: Alphabet) -> list[Spelling]:
    """At most 24, which is enough for four characters however they are read: first all beginnings, then whole
    syllables only, then both; the last may be unfinished.
    """
    initials = tuple(Piece(letter, is_whole=False) for letter in typed)
    found: dict[Spelling, None] = {initials: None} if all(map(alphabet.class_of, set(initials))) else {}
    return _walked(typed, alphabet, found, SPELLINGS_MAX)


def _walked(
    typed: str, alphabet: Alphabet, found: dict[Spelling, None], most: int, pieces: int | None = None
) -> list[Spelling]:
    """What was found and what walking adds to it, each once, until there are so many."""
    mixed = (False, True) if alphabet.is_mixed else (False,)
    walks = (_Walk(typed, alphabet, is_mixed=is_mixed) for is_mixed in mixed)
    for spelling in chain.from_iterable(walk.from_place(0, pieces) for walk in walks):
        if len(found) >= most:
            break
        found.setdefault(spelling)
    return list(found)


class _Walk:
    """Every way through what was typed; none that leads nowhere is begun."""

    def __init__(self, typed: str, alphabet: Alphabet, *, is_mixed: bool) -> None:
        self._typed = typed
        self._alphabet = alphabet
        self._is_mixed = is_mixed
        self._next: list[list[tuple[Piece, int]]] = [[] for _ in typed]
        ends = {len(typed)}
        for place in range(len(typed) - 1, -1, -1):
            steps = [(piece, to) for piece, to in self._steps(place) if to in ends]
            self._next[place] = steps
            if steps:
                ends.add(place)

    def from_place(self, place: int, pieces: int | None = None) -> Iterator[Spelling]:
        """At most so many pieces."""
        if place == len(self._typed) or pieces == 0:
            yield ()
            return
        for piece, to in self._next[place]:
            for rest in self.from_place(to, None if pieces is None else pieces - 1):
                yield (piece, *rest)

    def _steps(self, place: int) -> Iterator[tuple[Piece, int]]:
        rest = self._typed[place : place + _LONGEST + 1]
        unfinished = Piece(rest, is_whole=False)
        if len(rest) <= _LONGEST and self._alphabet.class_of(unfinished):
            yield unfinished, len(self._typed)
        for piece in (*self._syllables(rest), *self._beginnings(rest)):
            to = place + len(piece.letters)
            if to < len(self._typed) and self._alphabet.class_of(piece):
                yield piece, to

    def _syllables(self, rest: str) -> Iterator[Piece]:
        # One letter that is a syllable is found as a beginning as well, where there are any.
        shortest = 2 if self._is_mixed else 1
        for length in range(min(len(rest), _LONGEST), shortest - 1, -1):
            yield Piece(rest[:length], is_whole=True)

    def _beginnings(self, rest: str) -> Iterator[Piece]:
        if self._is_mixed:
            if rest[:2] in _DOUBLE:
                yield Piece(rest[:2], is_whole=False)
            yield Piece(rest[0], is_whole=False)
