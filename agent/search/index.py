"""The search index: every title of the catalogue as one string a block, in memory, best answers first.

```
blocks   course 0 │ course 1 │ … │ article 0 │ article 1 │ …      2,048 places of the platform's order each
```
Nothing of it is on the disk: it is made from the tables at every start and can't be damaged or left half.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from agent.search.folding import fold
from agent.search.lines import Lines, Rows
from agent.search.question import Question, Tier, question
from agent.search.readings import Readings
from agent.search.spelling import Alphabets, alphabets

BLOCK_PLACES = 2_048
"""What one changed title has made anew."""
FOUND_MAX = 200
"""Nobody turns so many pages with a remote control; looking on would only make short questions slow."""


class SearchEntry(NamedTuple):
    """Something that can be found: a course, an article, or what else has a title."""

    kind: str
    entry_id: str
    """Without blanks."""
    place: int
    """In the platform's order, within its kind."""
    title: str
    producer: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page of answers: kind and id, the best first."""

    entries: tuple[tuple[str, str], ...]
    total: int
    is_more: bool
    """`total` is only how many were looked for."""


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    number: int
    mark: int
    """A hash of all that it was made of; means something only in this process."""
    ids: str
    titles: Lines
    producers: Lines
    """Each name once."""
    producer_of: Sequence[int]

    def rows(self, tier: Tier) -> Rows:
        if not tier.of_producer:
            return self.titles.rows(tier.pattern, by_signs=tier.by_signs, holding=tier.holding)
        named = self.producers.rows(tier.pattern, by_signs=tier.by_signs, holding=tier.holding)
        if not (found := {*named.whole, *named.part}):
            return Rows([], [])
        return Rows([], [row for row, producer in enumerate(self.producer_of) if producer in found])

    def id_of(self, row: int) -> str:
        return self.ids.split("\n")[row]


@dataclass(frozen=True, slots=True)
class _Shown:
    blocks: tuple[_Block, ...]
    known: Alphabets


class SearchIndex:
    """Followed by one thread, asked by any number: what they see is changed as a whole."""

    def __init__(self) -> None:
        self._readings = Readings()
        self._shown: _Shown | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the catalogue has been looked through once since the start."""
        return self._shown is not None

    def follow(self, entries: Iterable[SearchEntry]) -> int:
        """Take these for all there is, in the order of kinds and places; how many blocks had changed.

        Until it returns, questions are answered as before.
        """
        try:
            return self._follow(entries)
        finally:
            self._readings.let_go()

    def _follow(self, entries: Iterable[SearchEntry]) -> int:
        before = () if self._shown is None else self._shown.blocks
        held = {(block.kind, block.number): block for block in before}
        blocks: list[_Block] = []
        made = 0
        for (kind, number), group in groupby(entries, lambda one: (one.kind, one.place // BLOCK_PLACES)):
            rows = tuple(group)
            block = held.pop((kind, number), None)
            if block is None or block.mark != hash(rows):
                block = self._block(kind, number, rows)
                made += 1
            blocks.append(block)
        if made or held or self._shown is None:
            self._shown = _Shown(tuple(blocks), alphabets(self._readings))
        return made + len(held)

    def question(self, typed: str) -> Question:
        """What was typed, ready to be asked."""
        if self._shown is None:
            return Question((), self._readings)
        return question(typed, self._shown.known, self._readings)

    def find(self, asked: Question, offset: int, limit: int) -> Found:
        """Answers `offset` to `offset + limit` of at most 200."""
        blocks = () if self._shown is None else self._shown.blocks
        found: dict[tuple[int, int], None] = {}
        for at in _answers(asked, blocks, found):
            found.setdefault(at)
            if len(found) > FOUND_MAX:
                break
        kept = list(found)[:FOUND_MAX]
        shown = kept[offset : offset + limit]
        entries = tuple((blocks[number].kind, blocks[number].id_of(row)) for number, row in shown)
        return Found(entries, len(kept), len(found) > FOUND_MAX)

    def _block(self, kind: str, number: int, rows: Sequence[SearchEntry]) -> _Block:
        names = tuple(dict.fromkeys(row.producer for row in rows))
        place_of = {name: place for place, name in enumerate(names)}
        return _Block(
            kind=kind,
            number=number,
            mark=hash(rows),
            ids="\n".join(row.entry_id for row in rows),
            titles=Lines([fold(row.title) for row in rows], self._readings),
            producers=Lines([fold(name) for name in names], self._readings),
            producer_of=array("I", (place_of[row.producer] for row in rows)),
        )


def _answers(
    asked: Question, blocks: Sequence[_Block], found: dict[tuple[int, int], None]
) -> Iterator[tuple[int, int]]:
    for tier in asked.tiers:
        if tier.below is not None and len(found) >= tier.below:
            return
        parts: list[tuple[int, int]] = []
        for number, block in enumerate(blocks):
            rows = block.rows(tier)
            yield from ((number, row) for row in rows.whole)
            if tier.is_start:
                parts += ((number, row) for row in rows.part)
            else:
                yield from ((number, row) for row in rows.part)
        yield from parts
