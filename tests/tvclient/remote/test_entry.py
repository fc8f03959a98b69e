from tests.tvclient.remote.trees import column, free, grid, home, press, row, tiles
from tvclient.remote.focus import Focus
from tvclient.remote.node import Leaf
from tvclient.remote.rect import Rect


class TestMemory:
    def test_a_container_is_entered_where_it_was_left(self) -> None:
        focus = Focus(home())
        press(focus, "rrrdl")
        assert focus.current == "b/2"
        assert press(focus, "u") == "a/3"
        assert press(focus, "d") == "b/2"

    def test_if_that_one_is_gone_the_same_index_is_taken(self) -> None:
        focus = Focus(column("s", row("a", "a0"), row("b", "b0", "b1", "b2")), "b1")
        press(focus, "u")
        focus.reconcile(column("s", row("a", "a0"), row("b", "b0", "b2")))
        assert press(focus, "d") == "b2"
        press(focus, "u")
        focus.reconcile(column("s", row("a", "a0"), row("b", "b0")))
        assert press(focus, "d") == "b0"

    def test_it_follows_the_id_when_the_order_changes(self) -> None:
        focus = Focus(column("s", row("a", "a0"), row("b", "b0", "b1", "b2")), "b1")
        press(focus, "u")
        focus.reconcile(column("s", row("a", "a0"), row("b", "b1", "b0", "b2")))
        assert press(focus, "d") == "b1"

    def test_what_went_to_another_container_is_not_followed(self) -> None:
        focus = Focus(column("s", row("a", "a0"), row("b", "b0", "b1", "b2")), "b1")
        press(focus, "u")
        focus.reconcile(column("s", row("a", "b1", "a0"), row("b", "b0", "b2")))
        assert press(focus, "d") == "b2"

    def test_never_entered_sideways_it_is_the_preferred_then_the_first(self) -> None:
        focus = Focus(row("s", column("m", "m0", "m1", "m2"), column("p", "p0", "p1", preferred="p1")), "m2")
        assert press(focus, "r") == "p1"
        assert press(Focus(row("s", column("m", "m0", "m1"), column("p", "p0", "p1")), "m1"), "r") == "p0"

    def test_a_column_entered_from_below_begins_at_its_end(self) -> None:
        focus = Focus(column("s", column("a", "a0", "a1"), "b"), "b")
        assert press(focus, "u") == "a1"

    def test_a_free_group_is_entered_at_the_nearest(self) -> None:
        pad = free("pad", Leaf("p0", Rect(0, 100, 90, 90)), Leaf("p1", Rect(100, 100, 90, 90)))
        focus = Focus(column("s", Leaf("button", Rect(100, 0, 90, 90)), pad), "button")
        assert press(focus, "d") == "p1"


class TestColumn:
    def test_vertical_moves_keep_it_across_short_rows(self) -> None:
        focus = Focus(home(), "a/5")
        assert [press(focus, "d") for _ in range(3)] == ["b/5", "c/2", "d/5"]

    def test_a_sideways_move_sets_it_anew(self) -> None:
        focus = Focus(home(), "a/5")
        assert press(focus, "ddl") == "c/1"
        assert press(focus, "d") == "d/1"

    def test_a_sideways_press_that_moves_nothing_does_not(self) -> None:
        focus = Focus(home(), "b/5")
        assert press(focus, "drd") == "d/5"

    def test_a_grid_keeps_it_over_its_short_last_line(self) -> None:
        focus = Focus(grid("G", 3, *"abcde"), "c")
        assert press(focus, "d") == "e"
        assert press(focus, "u") == "c"

    def test_it_passes_through_a_single_button_from_grid_to_grid(self) -> None:
        screen = column("s", grid("G", 3, *"abc"), "button", grid("h", 3, *"uvwxyz"))
        assert press(Focus(screen, "c"), "dd") == "w"
        assert press(Focus(screen, "w"), "uu") == "c"

    def test_a_grid_entered_from_below_begins_with_its_last_line(self) -> None:
        assert press(Focus(column("s", grid("G", 3, *"abcdefgh"), row("r", *"xyz")), "y"), "u") == "h"
        assert press(Focus(column("s", grid("G", 3, *"abcdefgh"), "button"), "button"), "u") == "g"

    def test_nested_columns_keep_it_too(self) -> None:
        screen = column(
            "s", column("x", tiles("a", 6), tiles("b", 2)), column("y", tiles("c", 1), tiles("d", 6))
        )
        assert press(Focus(screen, "a/4"), "ddd") == "d/4"

    def test_jumping_elsewhere_forgets_it(self) -> None:
        focus = Focus(home(), "a/5")
        press(focus, "dd")
        focus.focus("c/0")
        assert press(focus, "d") == "d/0"
