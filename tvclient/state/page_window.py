"""The pages of a long listing that are held round the place in sight, in whatever order they come."""

from collections.abc import Iterator
from dataclasses import dataclass

from study.listing_api import PageReply
from study.local_api import Tile

PAGE = 48
KEPT = 5
"""Pages held; as many tiles as 20 screens show."""
AT_ONCE = 2
"""Pages asked for at a time: an agent that takes its time has threads for other questions left."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One page to ask for: the one that begins at `first`, or the one that has `around` in it."""

    number: int
    """Of this asking; a page may be asked for again."""
    first: int
    around: str | None = None
    """The id of a course or article."""
    place: int = 0
    """Where it was when its page was asked for."""


class PageWindow:
    """Places are counted from 0; `total` is None until it is known.

    Every answer names the version of the order it was read in. One of another version means that places
    have changed: what is held stays in sight until the tile in focus is found at its new place.

    ```
    0        48        96       144       192                     total
    │        │ held    │ held ▲  │ held    │  to be asked for      │
                         place
    ```
    """

    def __init__(self, total: int | None = None, place: int = 0, tile_id: str | None = None) -> None:
        self.total = total
        self.place = place
        self.version: str | None = None
        self.is_missed = False
        """The last question was not answered; nothing is asked until `ask_again`."""
        self._tile_id = tile_id
        self._is_lost = tile_id is not None
        self._way = 1
        self._asked = 0
        self._open: dict[int, Ask] = {}
        self._pages: dict[int, tuple[Tile, ...]] = {}
        self._places: dict[str, int] = {}
        self._old: set[int] = set()

    @property
    def tile_id(self) -> str | None:
        """Of the tile at `place`, if it is known."""
        return self._tile_id

    @property
    def pages_held(self) -> int:
        return len(self._pages)

    def tile(self, place: int) -> Tile | None:
        """None for one that is not here yet."""
        page = self._pages.get(place // PAGE, ())
        return page[place % PAGE] if 0 <= place % PAGE < len(page) else None

    def place_of(self, tile_id: str) -> int | None:
        """Of a tile that is held."""
        return self._places.get(tile_id)

    def look_at(self, place: int) -> None:
        """The focus is there now."""
        if place != self.place:
            self._way = 1 if place > self.place else -1
            self._tile_id = None
        self.place = place
        self._know_tile()
        self._let_go()

    def asks(self) -> list[Ask]:
        """What to ask for now; each has to come back by `take` or `miss`."""
        if self.is_missed:
            return []
        if self._is_lost:
            return [self._ask(self.place // PAGE, self._tile_id)] if not self._open else []
        asks = []
        for page in self._wanted():
            if len(self._open) < AT_ONCE and not any(ask.first == page * PAGE for ask in self._open.values()):
                asks.append(self._ask(page, None))
        return asks

    def take(self, ask: Ask, reply: PageReply) -> None:
        """Where places have changed, `place` is that of the tile in focus, if it is still there."""
        if self._open.pop(ask.number, None) is None:
            return
        if reply["first"] % PAGE or reply["first"] < 0 or reply["total"] < 0:
            self.is_missed = True
            return
        is_new = reply["version"] != self.version
        if is_new and self.version is not None and not self._is_lost:
            self.refresh()
            return
        if is_new:
            self._pages.clear()
            self._places.clear()
            self._old.clear()
        self.version, self.total = reply["version"], reply["total"]
        self._put(reply["first"] // PAGE, reply["tiles"])
        if self._is_lost:
            self._is_lost = False
            self.place = self._found(ask)
        self.place = max(0, min(self.place, self.total - 1))
        self._know_tile()
        self._let_go()

    def miss(self, ask: Ask) -> None:
        """The agent did not answer."""
        if self._open.pop(ask.number, None) is not None:
            self.is_missed = True

    def ask_again(self) -> None:
        """The agent may be there by now."""
        self.is_missed = False

    def refresh(self) -> None:
        """What is held may be of yesterday: ask for it anew, and show it until the answer comes."""
        self._open.clear()
        self._is_lost = True
        self._old.update(self._pages)

    def _ask(self, page: int, around: str | None) -> Ask:
        self._asked += 1
        entry_id = None if around is None else around.partition(":")[2]
        ask = Ask(self._asked, page * PAGE, entry_id, self.place)
        self._open[ask.number] = ask
        return ask

    def _wanted(self) -> Iterator[int]:
        """Pages that are missing: the one in sight, the one ahead, the one behind."""
        here = self.place // PAGE
        for page in (here, here + self._way, here - self._way):
            is_there = page >= 0 and (self.total is None or page * PAGE < self.total)
            if is_there and (page not in self._pages or page in self._old):
                yield page
            if self.total is None:
                return

    def _put(self, page: int, tiles: list[Tile]) -> None:
        for place, tile_id in [(place, name) for name, place in self._places.items()]:
            if place // PAGE == page:
                del self._places[tile_id]
        self._pages[page] = tuple(tiles[:PAGE])
        self._old.discard(page)
        for n, tile in enumerate(self._pages[page]):
            self._places.setdefault(tile["id"], page * PAGE + n)

    def _found(self, ask: Ask) -> int:
        """Where the tile in focus is now, or else as far from the one asked for as it was."""
        if self._tile_id is not None and self._tile_id in self._places:
            return self._places[self._tile_id]
        if ask.around is not None:
            for tile_id, place in self._places.items():
                if tile_id.partition(":")[2] == ask.around:
                    return place + self.place - ask.place
        return self.place

    def _know_tile(self) -> None:
        tile = self.tile(self.place)
        if tile is not None or not self._is_lost:
            self._tile_id = None if tile is None else tile["id"]

    def _let_go(self) -> None:
        here = self.place // PAGE
        for page in sorted(self._pages, key=lambda page: abs(page - here))[KEPT:]:
            for tile in self._pages.pop(page):
                self._places.pop(tile["id"], None)
            self._old.discard(page)
