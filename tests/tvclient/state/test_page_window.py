"""The window holds a few pages, takes them in any order, and keeps the course in focus when places change."""

from study.listing_api import PageReply
from study.local_api import Tile
from tests.fakes.fake_agent import tile
from tvclient.state.page_window import AT_ONCE, KEPT, PAGE, Ask, PageWindow


class Catalogue:
    """What an agent would answer."""

    def __init__(self, total: int) -> None:
        self.ids = list(range(total))
        self.version = "1"

    def change(self, ids: list[int]) -> None:
        self.ids, self.version = ids, str(int(self.version) + 1)

    def answer(self, ask: Ask) -> PageReply:
        first = ask.first
        if ask.around is not None and int(ask.around) in self.ids:
            first = self.ids.index(int(ask.around)) // PAGE * PAGE
        tiles: list[Tile] = [tile(n, f"课程{n}") for n in self.ids[first : first + PAGE]]
        return {"version": self.version, "total": len(self.ids), "first": first, "tiles": tiles}


def settle(window: PageWindow, catalogue: Catalogue) -> None:
    """Answer until nothing is asked any more."""
    while asks := window.asks():
        for ask in asks:
            window.take(ask, catalogue.answer(ask))


def title_at(window: PageWindow, place: int) -> str | None:
    found = window.tile(place)
    return None if found is None else found["title"]


def opened(total: int, place: int = 0) -> tuple[PageWindow, Catalogue]:
    catalogue = Catalogue(total)
    window = PageWindow(total)
    window.look_at(place)
    settle(window, catalogue)
    return window, catalogue


def test_before_the_total_is_known_only_one_page_is_asked_for() -> None:
    window = PageWindow()
    assert [ask.first for ask in window.asks()] == [0]
    assert window.asks() == []


def test_the_pages_round_the_place_are_held() -> None:
    window, _catalogue = opened(21_400, 10_000)
    assert title_at(window, 10_000) == "课程10000"
    assert title_at(window, 10_000 + PAGE) is not None
    assert title_at(window, 10_000 - PAGE) is not None
    assert title_at(window, 10_000 + 2 * PAGE) is None


def test_no_more_than_a_few_pages_are_held_or_asked_for_at_once() -> None:
    window, catalogue = opened(21_400)
    for place in range(0, 21_400, 7):
        window.look_at(place)
        asks = window.asks()
        assert len(asks) <= AT_ONCE
        for ask in asks:
            window.take(ask, catalogue.answer(ask))
        assert window.pages_held <= KEPT


def test_pages_may_come_in_any_order() -> None:
    window, catalogue = PageWindow(1_000), Catalogue(1_000)
    first, second = window.asks()
    window.take(second, catalogue.answer(second))
    assert title_at(window, 0) is None and title_at(window, PAGE) == f"课程{PAGE}"
    window.take(first, catalogue.answer(first))
    assert title_at(window, 0) == "课程0"


def test_an_answer_that_nobody_waits_for_any_more_changes_nothing() -> None:
    window, catalogue = PageWindow(1_000), Catalogue(1_000)
    [late, _other] = window.asks()
    window.refresh()
    window.take(late, catalogue.answer(late))
    assert title_at(window, 0) is None


def test_after_a_miss_nothing_is_asked_until_the_agent_may_be_back() -> None:
    window, catalogue = PageWindow(1_000), Catalogue(1_000)
    for ask in window.asks():
        window.miss(ask)
    assert window.is_missed and window.asks() == []
    window.ask_again()
    settle(window, catalogue)
    assert title_at(window, 0) == "课程0"


def test_what_is_held_stays_in_sight_until_the_course_in_focus_is_found() -> None:
    window, catalogue = opened(500, 100)
    catalogue.change([*range(900, 930), *range(500)])
    window.look_at(150)
    [ask] = window.asks()
    window.take(ask, catalogue.answer(ask))
    assert title_at(window, 150) == "课程150"
    settle(window, catalogue)
    assert (window.place, title_at(window, 180), window.total) == (180, "课程150", 530)


def test_nobody_waits_at_the_old_place_while_the_new_one_is_asked_for() -> None:
    window, catalogue = opened(500, 100)
    window.refresh()
    [ask] = window.asks()
    window.look_at(104)
    catalogue.change([900, 901, *range(500)])
    window.take(ask, catalogue.answer(ask))
    assert window.place == 106


def test_a_course_that_is_gone_leaves_its_place_to_the_next() -> None:
    window, catalogue = opened(500, 100)
    catalogue.change([n for n in range(500) if n != 100])
    window.refresh()
    settle(window, catalogue)
    assert (window.place, window.tile_id, window.total) == (100, "course:101", 499)


def test_a_listing_that_shrank_keeps_a_place_in_it() -> None:
    window, catalogue = opened(500, 400)
    catalogue.change(list(range(10)))
    window.refresh()
    settle(window, catalogue)
    assert (window.place, window.tile_id, window.total) == (9, "course:9", 10)
    catalogue.change([])
    window.refresh()
    settle(window, catalogue)
    assert (window.place, window.tile_id, window.total) == (0, None, 0)


def test_a_refresh_in_the_same_order_moves_nothing_but_renews_what_is_held() -> None:
    window, catalogue = opened(500, 100)
    window.refresh()
    asked = []
    while asks := window.asks():
        for ask in asks:
            asked.append(ask.first)
            window.take(ask, catalogue.answer(ask))
    assert sorted(asked) == [PAGE, 2 * PAGE, 3 * PAGE]
    assert window.place == 100


def test_a_window_opened_at_a_course_begins_there() -> None:
    window, catalogue = PageWindow(500, 7, "course:300"), Catalogue(500)
    settle(window, catalogue)
    assert (window.place, window.tile_id) == (300, "course:300")


def test_who_goes_on_before_the_remembered_course_is_found_goes_on_from_there() -> None:
    window, catalogue = PageWindow(500, 300, "course:310"), Catalogue(500)
    [ask] = window.asks()
    window.look_at(304)
    window.take(ask, catalogue.answer(ask))
    assert (window.place, window.tile_id) == (314, "course:314")


def test_an_answer_that_makes_no_sense_is_a_miss() -> None:
    window = PageWindow()
    [ask] = window.asks()
    window.take(ask, {"version": "1", "total": 5, "first": 3, "tiles": []})
    assert window.is_missed
