"""The home screen scrolls as little as keeps the focus in sight, and forgets nothing on refresh."""

from hypothesis import given
from hypothesis import strategies as st

from tvclient.screens.home_place import ROWS_SEEN, HomePlace
from tvclient.widgets.row_band import SEEN

ROWS = [(f"r{row}", [f"course:{tile}" for tile in range(20)]) for row in range(8)]


def place() -> HomePlace:
    made = HomePlace()
    made.set_rows(ROWS)
    return made


def test_the_second_row_and_the_fifth_tile_need_no_scrolling() -> None:
    made = place()
    made.look_at("row:r1/course:4")
    assert (made.first, made.left("r1"), made.focused_in(1)) == (0, 0, 4)


def test_further_on_the_page_and_the_row_follow() -> None:
    made = place()
    made.look_at("row:r2/course:5")
    assert (made.first, made.left("r2")) == (1, 1)


def test_going_back_moves_only_at_the_edge() -> None:
    made = place()
    made.look_at("row:r3/course:9")
    made.look_at("row:r3/course:6")
    assert made.left("r3") == 5
    made.look_at("row:r3/course:4")
    assert made.left("r3") == 4


def test_the_tabs_show_the_top() -> None:
    made = place()
    made.look_at("row:r5/course:0")
    made.look_at("tab:home")
    assert made.first == 0 and made.focused_in(0) is None


def test_a_refresh_keeps_the_scroll_of_rows_that_stay() -> None:
    made = place()
    made.look_at("row:r3/course:9")
    made.set_rows([("new", ["course:1"]), *ROWS])
    assert made.left("r3") == 5


def test_a_row_that_became_short_is_not_scrolled_past_its_end() -> None:
    made = place()
    made.look_at("row:r3/course:19")
    made.set_rows([(row, tiles[:6]) for row, tiles in ROWS])
    assert made.left("r3") == 1


def test_the_name_of_a_row_may_have_a_stroke_in_it() -> None:
    made = HomePlace()
    made.set_rows([("category:种植/养殖", ["course:1", "course:2"])])
    made.look_at("row:category:种植/养殖/course:2")
    assert made.focused_in(0) == 1


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 19)), max_size=40))
def test_the_focus_is_always_in_sight(path: list[tuple[int, int]]) -> None:
    made = place()
    for row, tile in path:
        made.look_at(f"row:r{row}/course:{tile}")
        assert made.first <= row < made.first + ROWS_SEEN
        assert made.left(f"r{row}") <= tile < made.left(f"r{row}") + SEEN
