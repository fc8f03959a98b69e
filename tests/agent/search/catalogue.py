"""A small catalogue of two kinds, in the order the platform gave it."""

from collections.abc import Iterator

from agent.search.index import SearchEntry, SearchIndex


def entries(kind: str, *titles: str, producer: str = "全国远程办") -> Iterator[SearchEntry]:
    """Ids are the kind's first letter with the place, from 1."""
    for place, title in enumerate(titles, start=1):
        yield SearchEntry(kind, f"{kind[0]}{place}", place, title, producer)


def index_of(*held: SearchEntry) -> SearchIndex:
    """An index that knows just these."""
    index = SearchIndex()
    index.follow(held)
    return index


def found(index: SearchIndex, typed: str, offset: int = 0, limit: int = 20) -> list[str]:
    """The ids of one page."""
    return [entry_id for _, entry_id in index.find(index.question(typed), offset, limit).entries]
