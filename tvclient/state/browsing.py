"""What somebody browses: which listing, in which order, and where in it."""

from collections.abc import Sequence

from study.listing_api import (
    ALL_ARTICLES,
    ALL_COURSES,
    ListingEntry,
    ListingOrder,
    PageReply,
    is_of_articles,
)
from tvclient.remote.direction import Direction
from tvclient.remote.edge import LeaveTo
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.state.listing_grid import ROWS, TILES, ListingGrid
from tvclient.state.page_window import Ask, PageWindow

LISTING, ORDER = "listing:", "order:"
SIDE = "listings"
_OF_ARTICLES = (ListingOrder.NEWEST, ListingOrder.ON_BOX)
"""Nobody looks for the earliest ones."""
Left = tuple[int, str | None]


class Browsing:
    """Focus ids: "listing:category:实用技术", "order:newest", and those of the grid.

    A listing is opened by focusing it, so that what is on it is seen without OK. Each listing keeps the
    place where it was left, by tile, in each order. Courses and articles are browsed apart.
    """

    def __init__(self, listing_id: str, order: ListingOrder) -> None:
        self.of_articles = is_of_articles(listing_id)
        self.orders = tuple(each for each in ListingOrder if not self.of_articles or each in _OF_ARTICLES)
        self.all_id = ALL_ARTICLES if self.of_articles else ALL_COURSES
        self._shape = ROWS if self.of_articles else TILES
        self.entries: tuple[ListingEntry, ...] = (ListingEntry(id=self.all_id, title="", count=0),)
        self.are_known = False
        """The entries are the agent's own."""
        self.listing_id = listing_id
        self.order = order
        self._left: dict[tuple[str, ListingOrder], Left] = {}
        self._opened = 0
        if listing_id != self.all_id:
            title = listing_id.removeprefix(f"{ALL_ARTICLES}:").partition(":")[2]
            self.entries += (ListingEntry(id=listing_id, title=title, count=0),)
        self.grid = ListingGrid(PageWindow(), self._opened, self._shape)

    @property
    def entry(self) -> ListingEntry:
        """The listing in sight."""
        return next(entry for entry in self.entries if entry["id"] == self.listing_id)

    @property
    def start(self) -> str:
        """The first focus."""
        return LISTING + self.listing_id

    def take(self, entries: Sequence[ListingEntry]) -> None:
        """The listings there are. One in sight that is no more gives way to all courses or articles."""
        own = tuple(entry for entry in entries if is_of_articles(entry["id"]) == self.of_articles)
        if not own and not self.of_articles:
            return
        # A box has no listing of articles before the first one.
        self.entries, self.are_known = own or (ListingEntry(id=self.all_id, title="", count=0),), True
        if all(entry["id"] != self.listing_id for entry in self.entries):
            self.open(self.entries[0]["id"], self.order)
        elif self.grid.pages.total is None:
            self.grid.pages.total = self.entry["count"]
            self.grid.follow()

    def open(self, listing_id: str, order: ListingOrder, from_start: bool = False) -> None:
        """Browse this listing, where it was left."""
        pages = self.grid.pages
        self._left[self.listing_id, self.order] = (pages.place, pages.tile_id)
        self.listing_id, self.order = listing_id, order
        place, tile_id = (0, None) if from_start else self._left.get((listing_id, order), (0, None))
        total = self.entry["count"] if self.are_known else None
        self._opened += 1
        self.grid = ListingGrid(PageWindow(total, place, tile_id), self._opened, self._shape)

    def look_at(self, focus_id: str | None) -> bool:
        """The focus is there now; True if the focus tree is another one by that."""
        if focus_id is None:
            return False
        if focus_id.startswith(LISTING):
            listing_id = focus_id.removeprefix(LISTING)
            if listing_id == self.listing_id:
                return False
            self.open(listing_id, self.order)
            return True
        place = self.grid.place_of(focus_id)
        return place is not None and self.grid.look_at(place)

    def take_page(self, pages: PageWindow, ask: Ask, reply: PageReply, focus_id: str | None) -> str | None:
        """An answer to a question of `pages`, be they in sight or left by now.

        Returns where a focus that is in the grid belongs after it; None for any other focus.

        The tiles may have other names after it, so the focus tree is another one in any case.
        """
        is_in_grid = self.grid.place_of(focus_id) is not None
        pages.take(ask, reply)
        self.grid.follow()
        return self.grid.focus_id if is_in_grid else None

    def focus_tree(self, name: str) -> Group:
        """The listings beside the orders over the grid."""
        listings = tuple(Leaf(LISTING + entry["id"]) for entry in self.entries)
        orders = tuple(Leaf(ORDER + order) for order in self.orders)
        grid = self.grid.group(edges={Direction.UP: LeaveTo(ORDER + self.order)})
        main = Group(
            f"main:{self._opened}",
            Kind.COLUMN,
            (Group("orders", Kind.ROW, orders), grid),
            preferred=grid.id,
        )
        side = Group(SIDE, Kind.COLUMN, listings, preferred=self.start)
        return Group(name, Kind.ROW, (side, main))
