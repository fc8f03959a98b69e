"""Somebody browses while pages come late, out of order or not at all, and the catalogue changes."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from study.listing_api import ListingEntry, ListingOrder, PageReply
from tests.fakes.fake_agent import article_tile, tile
from tests.tvclient.remote.trees import ARROWS, open_leaves
from tvclient.remote.focus import Focus
from tvclient.state.browsing import SIDE, Browsing
from tvclient.state.listing_grid import LINES_FOCUSABLE, ROWS, TILES
from tvclient.state.page_window import KEPT, PAGE, Ask, PageWindow

ENTRIES = [
    ListingEntry(id="all", title="", count=300),
    ListingEntry(id="category:a", title="a", count=61),
    ListingEntry(id="topic:b", title="b", count=0),
]
OF_ARTICLES = [
    ListingEntry(id="articles", title="", count=100),
    ListingEntry(id="articles:category:a", title="a", count=7),
]
COLUMNS, LINES_SEEN = TILES.columns, TILES.lines_seen
NEWEST, LISTED = ListingOrder.NEWEST, ListingOrder.LISTED


class Room:
    """A television without pictures: a focus, keys, and answers when the test lets them come."""

    def __init__(self, listing_id: str = "all") -> None:
        self.courses = {"all": list(range(300)), "category:a": list(range(5, 66)), "topic:b": []}
        self.courses |= {"articles": list(range(100)), "articles:category:a": list(range(7))}
        self.version = 1
        self.browsing = Browsing(listing_id, NEWEST)
        self.focus = Focus(self.browsing.focus_tree("category"), SIDE)
        self.open: list[tuple[PageWindow, Ask, str]] = []
        self.browsing.take([*ENTRIES, *OF_ARTICLES])
        self._changed(None)

    def press(self, arrows: str) -> str | None:
        for arrow in arrows:
            self.focus.press(ARROWS[arrow])
            self._draw()
        return self.focus.current

    def hold(self, arrow: str, times: int) -> None:
        """As fast as a held key, with every answer in between."""
        for _n in range(times):
            self.press(arrow)
            self.answer_all()

    def change(self, ids: list[int]) -> None:
        self.courses["all"] = ids
        self.version += 1

    def change_articles(self, ids: list[int]) -> None:
        self.courses["articles"] = ids
        self.version += 1

    def ask(self) -> None:
        pages = self.browsing.grid.pages
        self.open += [(pages, ask, self.browsing.listing_id) for ask in pages.asks()]

    def answer(self, number: int) -> None:
        pages, ask, listing_id = self.open.pop(number)
        ids, first = self.courses[listing_id], ask.first
        if ask.around is not None and int(ask.around) in ids:
            first = ids.index(int(ask.around)) // PAGE * PAGE
        make = article_tile if self.browsing.of_articles else tile
        tiles = [make(n, f"课程{n}") for n in ids[first : first + PAGE]]
        reply = PageReply(version=str(self.version), total=len(ids), first=first, tiles=tiles)
        self._changed(self.browsing.take_page(pages, ask, reply, self.focus.current))

    def miss(self, number: int) -> None:
        pages, ask, _listing_id = self.open.pop(number)
        pages.miss(ask)

    def answer_all(self) -> None:
        self.ask()
        while self.open:
            self.answer(0)
            self.ask()

    def refresh(self) -> None:
        self.browsing.grid.pages.ask_again()
        self.browsing.grid.pages.refresh()

    def leaves(self) -> list[str]:
        return list(open_leaves(self.browsing.focus_tree("category")))

    @property
    def place(self) -> int:
        return self.browsing.grid.pages.place

    def _draw(self) -> None:
        if self.browsing.look_at(self.focus.current):
            self._changed(None)

    def _changed(self, focus_id: str | None) -> None:
        self.focus.reconcile(self.browsing.focus_tree("category"))
        if focus_id is not None:
            self.focus.focus(focus_id)
        self._draw()


def check(room: Room) -> None:
    """One focus, in the tree, in sight, and not more held than there is room for."""
    leaves = room.leaves()
    assert room.focus.current in leaves
    assert len(leaves) == len(set(leaves)) <= LINES_FOCUSABLE * COLUMNS + len(ENTRIES) + len(ListingOrder)
    grid = room.browsing.grid
    assert grid.pages.pages_held <= KEPT
    place = grid.place_of(room.focus.current)
    if place is not None:
        assert place == grid.pages.place < grid.total
        assert 0 <= place // COLUMNS - grid.first_line < LINES_SEEN
        assert place in grid.in_sight()


def test_right_from_the_listings_leads_to_the_first_course() -> None:
    room = Room()
    assert room.focus.current == "listing:all"
    room.answer_all()
    assert room.press("r") == "course:0"
    assert room.press("l") == "listing:all"


def test_a_listing_opens_by_its_focus_and_keeps_its_place() -> None:
    room = Room()
    room.answer_all()
    room.press("r")
    room.hold("d", 10)
    assert room.press("r") == "course:41"
    room.press("ll")
    assert room.press("d") == "listing:category:a"
    room.answer_all()
    assert room.press("r") == "course:5"
    room.press("l")
    room.press("u")
    room.answer_all()
    assert (room.press("r"), room.place) == ("course:40", 40)


def test_up_from_the_first_line_leads_to_the_order_in_use() -> None:
    room = Room()
    room.answer_all()
    assert room.press("rrru") == "order:newest"
    assert room.press("rr") == "order:listed"
    assert room.press("d") == "course:2"


def test_an_empty_listing_leaves_the_orders_to_go_to() -> None:
    room = Room("topic:b")
    room.answer_all()
    assert (room.browsing.grid.total, room.press("r")) == (0, "order:newest")


def test_the_first_focus_is_on_the_listing_asked_for() -> None:
    room = Room("category:a")
    assert (room.focus.current, room.browsing.listing_id) == ("listing:category:a", "category:a")


def test_a_listing_that_is_no_more_gives_way_to_all_courses() -> None:
    room = Room("category:a")
    room.browsing.take(ENTRIES[:1])
    assert (room.browsing.listing_id, room.browsing.grid.total) == ("all", 300)


def test_placeholders_can_be_walked_over_and_become_courses_under_the_focus() -> None:
    room = Room()
    assert room.press("rdddd") == "place:16"
    room.ask()
    room.answer(1)
    assert room.focus.current == "place:16"
    room.answer(0)
    assert room.focus.current == "course:16"
    check(room)


def test_the_end_is_reached_through_all_lines_and_the_way_back_too() -> None:
    room = Room()
    room.press("r")
    room.hold("d", 75)
    assert room.focus.current == "course:296"
    room.hold("r", 5)
    assert room.focus.current == "course:299"
    room.hold("u", 75)
    assert room.focus.current == "order:newest"


def test_from_a_full_line_to_a_short_last_one_and_back_the_column_is_kept() -> None:
    room = Room("category:a")
    room.press("rrrr")
    room.hold("d", 15)
    assert room.focus.current == "course:65"
    assert room.press("u") == "course:64"


def test_an_answer_for_the_listing_before_is_not_taken_for_this_one() -> None:
    room = Room()
    room.ask()
    room.press("d")
    room.ask()
    for _answer in range(2):
        room.answer(0)
    assert room.browsing.grid.total == 61
    assert room.press("r") == "place:0"


def test_a_change_while_the_listings_have_the_focus_keeps_the_place_in_the_grid() -> None:
    room = Room()
    room.answer_all()
    assert room.press("rddl") == "listing:all"
    room.change([*range(1000, 1030), *range(300)])
    room.refresh()
    room.answer_all()
    assert (room.focus.current, room.press("r")) == ("listing:all", "course:8")


def test_every_course_is_reached() -> None:
    room = Room("category:a")
    room.answer_all()
    room.press("r")
    seen = {room.focus.current}
    for _line in range(16):
        for _column in range(COLUMNS):
            seen.add(room.press("r"))
        room.press("lll")
        seen.add(room.focus.current)
        room.hold("d", 1)
    assert {f"course:{n}" for n in range(5, 66)} <= seen


def test_the_lines_next_to_those_that_are_drawn_are_near() -> None:
    room = Room()
    room.answer_all()
    grid = room.browsing.grid
    assert grid.in_sight() == range(12) and grid.near() == (12, 13, 14, 15)
    room.press("r")
    room.hold("d", 4)
    first = grid.in_sight().start
    assert grid.near() == (*range(first - 4, first), *range(first + 12, first + 16))
    grid.look_at(grid.total - 1)
    assert grid.near() == tuple(range(grid.in_sight().start - 4, grid.in_sight().start))


def test_articles_stand_under_each_other_and_apart_from_courses() -> None:
    room = Room("articles")
    assert [entry["id"] for entry in room.browsing.entries] == ["articles", "articles:category:a"]
    room.answer_all()
    assert room.press("r") == "article:0"
    room.hold("d", 30)
    grid = room.browsing.grid
    assert (room.focus.current, grid.in_sight()) == ("article:30", range(26, 26 + ROWS.lines_drawn))
    assert room.press("r") == "article:30"
    room.change_articles([*range(1000, 1010), *range(100)])
    room.refresh()
    room.answer_all()
    assert (room.focus.current, room.place) == ("article:30", 40)
    room.hold("u", 40)
    assert room.press("ur") == "order:on_box"
    assert room.press("r") == "order:on_box"
    assert room.press("lll") == "listing:articles"
    assert room.press("d") == "listing:articles:category:a"


def test_a_box_without_articles_has_an_empty_list_of_them() -> None:
    browsing = Browsing("articles:topic:b", NEWEST)
    assert browsing.entry["title"] == "b"
    browsing.take(ENTRIES)
    assert (browsing.listing_id, browsing.grid.total, browsing.are_known) == ("articles", 0, True)


STEPS = st.lists(
    st.one_of(
        st.sampled_from("udlr"),
        st.tuples(st.sampled_from("udlr"), st.integers(5, 30)),
        st.sampled_from(
            ["ask", "answer", "answer last", "miss", "refresh", "shuffle", "shrink", "grow", "order"]
        ),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_whatever_comes_there_is_one_focus_in_sight(steps: list[object], chance: object) -> None:
    room = Room()
    for step in steps:
        do(room, step, chance)
        check(room)
    room.refresh()
    room.answer_all()
    check(room)
    place = room.browsing.grid.place_of(room.focus.current)
    if place is not None:
        ids = room.courses[room.browsing.listing_id]
        assert room.focus.current == f"course:{ids[place]}"


def do(room: Room, step: object, chance: object) -> None:
    match step:
        case (str(arrow), int(times)):
            room.press(arrow * times)
        case "ask":
            room.ask()
        case "answer" if room.open:
            room.answer(0)
        case "answer last" if room.open:
            room.answer(len(room.open) - 1)
        case "miss" if room.open:
            room.miss(0)
        case "refresh":
            room.refresh()
        case "shuffle":
            ids = list(room.courses["all"])
            chance.shuffle(ids)  # type: ignore[attr-defined]
            room.change(ids)
        case "shrink":
            room.change(room.courses["all"][::3])
        case "grow":
            ids = room.courses["all"]
            room.change([*range(max(1000, *ids) + 1, max(1000, *ids) + 21), *ids][:400])
        case "order" if room.focus.current.startswith("order:"):  # type: ignore[union-attr]
            order = ListingOrder(room.focus.current.removeprefix("order:"))  # type: ignore[union-attr]
            room.browsing.open(room.browsing.listing_id, order)
            room._changed(None)
        case "u" | "d" | "l" | "r":
            room.press(str(step))


def paths(room: Room, arrows: str, at_once: bool) -> Iterator[tuple[int, str]]:
    for arrow in arrows:
        room.press(arrow)
        if at_once:
            room.answer_all()
        yield room.place, room.browsing.listing_id


@given(st.text("udlr", max_size=60))
@settings(max_examples=60, deadline=None)
def test_the_same_keys_lead_the_same_way_however_late_the_pages_come(arrows: str) -> None:
    slow, quick = Room(), Room()
    quick.answer_all()
    assert list(paths(slow, arrows, False)) == list(paths(quick, arrows, True))


@given(st.integers(0, 299), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_course_in_focus_stays_in_focus_when_everything_moves(place: int, chance: object) -> None:
    room = Room()
    room.answer_all()
    room.press("r")
    room.hold("d", place // COLUMNS)
    room.press("r" * (place % COLUMNS))
    held = room.focus.current
    ids = list(range(-50, 0)) + room.courses["all"]
    chance.shuffle(ids)  # type: ignore[attr-defined]
    room.change(ids)
    room.refresh()
    room.answer_all()
    assert room.focus.current == held
    assert ids[room.place] == int(str(held).removeprefix("course:"))
    check(room)


def test_a_key_costs_the_same_at_the_far_end_of_the_whole_catalogue() -> None:
    """What is built for a key is bounded by the window, not by the catalogue."""
    room = Room()
    room.courses["all"] = list(range(21_400))
    room.version += 1
    room.answer_all()
    room.refresh()
    room.answer_all()
    room.press("r")
    room.hold("d", 60)
    check(room)
    assert (room.browsing.grid.total, room.focus.current) == (21_400, "course:240")
