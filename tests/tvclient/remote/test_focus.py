import pytest

from tests.tvclient.remote.trees import column, free, grid, home, off, press, row, tiles
from tvclient.remote.focus import Focus
from tvclient.remote.key import Key
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.remote.rect import Rect
from tvclient.remote.step import Outcome, Step


class TestFirstFocus:
    def test_it_is_the_screens_default(self) -> None:
        assert Focus(home(), "b/2").current == "b/2"
        assert Focus(home(), "c").current == "c/0"

    def test_without_a_default_it_is_the_preferred_or_first_that_can_take_it(self) -> None:
        assert Focus(column("s", row("x", off("p")), row("y", "q", "r", preferred="r"))).current == "r"
        assert Focus(home(), "nowhere").current == "a/0"

    def test_every_container_on_the_way_has_its_own_preferred_child(self) -> None:
        assert Focus(column("s", "a", row("x", "b", "c", preferred="c"), preferred="x")).current == "c"

    def test_a_screen_with_nothing_to_focus_has_none(self) -> None:
        focus = Focus(column("s", row("x", off("p")), row("y")))
        assert focus.current is None
        assert focus.path == ()
        assert focus.press(Key.DOWN) == Step(Outcome.STOPPED, None, None)

    def test_two_nodes_of_one_id_are_refused(self) -> None:
        with pytest.raises(ValueError, match="'x'"):
            Focus(column("s", "x", row("r", "x")))


class TestMoving:
    def test_a_step_tells_where_from_and_where_to(self) -> None:
        focus = Focus(home())
        assert focus.press(Key.RIGHT) == Step(Outcome.MOVED, "a/0", "a/1")
        assert focus.press(Key.UP) == Step(Outcome.STOPPED, "a/1", "a/1")
        assert focus.path == ("home", "a", "a/1")

    def test_only_arrows_move(self) -> None:
        with pytest.raises(ValueError, match="ok"):
            Focus(home()).press(Key.OK)

    def test_disabled_leaves_and_empty_or_disabled_containers_are_skipped(self) -> None:
        focus = Focus(
            column(
                "s", row("a", "a0", off("a1"), "a2"), row("b"), row("c", "c0", enabled=False), row("d", "d0")
            )
        )
        assert press(focus, "r") == "a2"
        assert press(focus, "d") == "d0"

    def test_a_grid_moves_by_index_in_both_directions(self) -> None:
        focus = Focus(grid("G", 3, *"abcdefgh"))
        assert press(focus, "dr") == "e"
        assert press(focus, "rr") == "f"  # the end of a line is an edge
        assert press(focus, "ull") == "a"

    def test_a_grid_skips_what_is_disabled_towards_the_nearest(self) -> None:
        focus = Focus(grid("G", 3, "a", "b", "c", off("d"), off("e"), off("f"), "g1", off("h"), "i"))
        assert press(focus, "rd") == "g1"  # a tie goes to the left
        assert press(focus, "ur") == "c"

    def test_a_free_group_moves_by_rectangles(self) -> None:
        pad = free(
            "pad",
            Leaf("left", Rect(0, 100, 90, 90)),
            Leaf("right", Rect(300, 150, 90, 90)),
            Leaf("top", Rect(150, 0, 90, 90)),
        )
        focus = Focus(pad, "left")
        assert press(focus, "r") == "right"
        assert press(focus, "u") == "top"
        assert press(focus, "u") == "top"

    def test_a_tile_scrolled_out_of_its_row_counts_as_lying_where_the_row_is(self) -> None:
        long_row = Group(
            "row",
            Kind.ROW,
            tuple(Leaf(f"t{n}", Rect(100 * n, 0, 90, 90)) for n in range(40)),
            rect=Rect(0, 0, 300, 90),
        )
        screen = free(
            "s", long_row, Leaf("below", Rect(0, 100, 90, 90)), Leaf("far", Rect(3900, 500, 90, 90))
        )
        assert press(Focus(screen, "t39"), "d") == "below"

    def test_a_row_lies_where_its_own_rectangle_says_not_where_its_tiles_reach(self) -> None:
        tiles_beyond = tuple(Leaf(f"t{n}", Rect(100 * n, 0, 90, 90)) for n in range(40))
        short = Group("row", Kind.ROW, tiles_beyond, rect=Rect(0, 0, 300, 90))
        assert press(Focus(free("s", short, Leaf("aside", Rect(400, 0, 90, 90))), "aside"), "l") == "t0"

    def test_a_container_with_tiles_of_no_size_is_left_all_the_same(self) -> None:
        odd = row("x", "nowhere", Leaf("somewhere", Rect(500, 100, 90, 90)))
        assert press(Focus(column("s", free("f", odd), "button"), "nowhere"), "d") == "button"


class TestReconcile:
    def test_the_same_id_keeps_the_focus_wherever_it_is_now(self) -> None:
        focus = Focus(home(), "c/1")
        focus.reconcile(column("home", tiles("c", 3), tiles("a", 9)))
        assert focus.path == ("home", "c", "c/1")

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (row("r", "a", "c", "d"), "c"),
            (row("r", "a", "d"), "d"),
            (row("r", "a"), "a"),
            (row("r", "a", off("c"), "d"), "d"),
            (row("r", "new"), "new"),
            (row("r"), "z"),
        ],
    )
    def test_next_sibling_then_previous_then_parent_then_the_screens_default(
        self, now: Group, expected: str
    ) -> None:
        focus = Focus(column("s", row("r", "a", "b", "c", "d"), row("q", "x", "y", "z")), "z")
        focus.focus("b")
        rest = row("q", "x", "y", "z") if expected != "z" else free("other", Leaf("z"), Leaf("w"))
        focus.reconcile(column("s", now, rest))
        assert focus.current == expected

    def test_of_the_previous_siblings_the_nearest_is_taken(self) -> None:
        focus = Focus(column("s", row("r", "a", "b", "c"), "z"), "c")
        focus.reconcile(column("s", row("r", "a", "b"), "z"))
        assert focus.current == "b"

    def test_a_list_filled_with_other_things_begins_at_its_default(self) -> None:
        focus = Focus(grid("list", 3, *"abcdef"), "p")
        focus.focus("f")
        focus.reconcile(grid("list", 3, *"pqrstu"))
        assert focus.current == "p"

    def test_a_row_that_vanishes_gives_way_to_the_next_row_by_its_memory(self) -> None:
        focus = Focus(home())
        press(focus, "ddru")
        focus.reconcile(column("home", tiles("a", 9), tiles("c", 3), tiles("d", 9)))
        assert focus.current == "c/1"

    def test_a_sibling_that_went_elsewhere_is_not_followed(self) -> None:
        focus = Focus(column("s", row("r", "a", "b"), row("q", "x")), "a")
        focus.reconcile(column("s", row("r"), row("q", "x", "b")))
        assert focus.current == "x"

    def test_after_an_empty_screen_it_is_where_it_was(self) -> None:
        focus = Focus(home(), "a/0")
        focus.focus("b/3")
        focus.reconcile(column("home"))
        assert focus.current is None
        focus.reconcile(home())
        assert focus.current == "b/3"

    def test_a_screen_that_was_never_filled_begins_at_its_default(self) -> None:
        focus = Focus(column("home"), "b")
        focus.reconcile(home())
        assert focus.current == "b/0"

    def test_a_focus_that_was_moved_by_the_data_is_in_its_new_column(self) -> None:
        focus = Focus(grid("list", 3, *"abcdefgh"), "b")
        press(focus, "d")
        focus.reconcile(grid("list", 3, *"bcdefgh"))
        assert (focus.current, press(focus, "u")) == ("e", "b")

    def test_the_kept_column_survives_a_refresh_that_moves_nothing(self) -> None:
        focus = Focus(home(), "a/5")
        press(focus, "dd")
        focus.reconcile(home())
        assert press(focus, "d") == "d/5"


class TestModal:
    def dialog(self) -> Group:
        return Group(
            "dialog", Kind.MODAL, (Leaf("yes", Rect(0, 0, 90, 90)), Leaf("no", Rect(100, 0, 90, 90)))
        )

    def test_it_takes_all_keys_and_no_arrow_leads_out(self) -> None:
        focus = Focus(home(), "b/1")
        focus.push_modal(self.dialog(), "no")
        assert (focus.current, focus.modal) == ("no", "dialog")
        assert {press(focus, arrows) for arrows in ("u", "d", "r", "rr", "ll", "uldr")} <= {"yes", "no"}

    def test_closing_it_gives_back_the_focus_beneath(self) -> None:
        focus = Focus(home(), "b/1")
        focus.push_modal(self.dialog())
        press(focus, "r")
        assert focus.pop_modal()
        assert (focus.current, focus.modal) == ("b/1", None)
        assert not focus.pop_modal()

    def test_the_screen_beneath_and_the_modal_are_reconciled_apart(self) -> None:
        focus = Focus(home(), "b/1")
        focus.push_modal(column("dialog", "p", "q"), "q")
        focus.reconcile(column("home", tiles("b", 1)))
        assert focus.current == "q"
        focus.reconcile(column("dialog", "p"))
        assert focus.current == "p"
        focus.pop_modal()
        assert focus.current == "b/0"

    def test_a_modal_without_anything_to_focus_hides_the_focus_beneath(self) -> None:
        focus = Focus(home())
        focus.push_modal(column("wait"))
        assert focus.current is None
        assert not focus.press(Key.DOWN).moved

    def test_inside_a_tree_it_is_refused(self) -> None:
        with pytest.raises(ValueError, match="dialog"):
            Focus(column("s", self.dialog()))


class TestFocusing:
    def test_it_goes_to_a_leaf_or_into_a_group(self) -> None:
        focus = Focus(home())
        assert focus.focus("b/4")
        assert focus.focus("a")
        assert focus.current == "a/0"
        assert focus.focus("b")
        assert focus.current == "b/4"

    def test_what_cannot_take_focus_changes_nothing(self) -> None:
        focus = Focus(column("s", "a", off("b"), row("c")))
        assert not any(focus.focus(node_id) for node_id in ("b", "c", "nowhere"))
        assert focus.current == "a"


class TestRestore:
    def test_everything_is_as_it_was(self) -> None:
        focus = Focus(home(), "a/5")
        press(focus, "dd")
        again = Focus(home())
        again.restore(focus.memory())
        assert again.path == ("home", "c", "c/2")
        assert press(again, "d") == "d/5"
        assert press(again, "uuu") == "a/5"

    def test_what_is_gone_gives_way_to_what_stands_in_its_place(self) -> None:
        focus = Focus(home(), "c/1")
        kept = focus.memory()
        again = Focus(column("home", tiles("a", 9), row("c", "c/0", "c/2")))
        again.restore(kept)
        assert again.current == "c/2"

    def test_a_vanished_row_gives_way_to_the_one_in_its_place(self) -> None:
        kept = Focus(home(), "b/1").memory()
        again = Focus(column("home", tiles("a", 9), tiles("c", 3)))
        again.restore(kept)
        assert again.current == "c/0"

    def test_a_place_taken_by_another_has_its_own_column(self) -> None:
        focus = Focus(column("s", tiles("a", 6), tiles("c", 3), tiles("d", 6)), "a/5")
        press(focus, "d")
        again = Focus(column("s", tiles("a", 6), tiles("c", 2), tiles("d", 6)))
        again.restore(focus.memory())
        assert (again.current, press(again, "d")) == ("c/1", "d/1")

    def test_a_memory_does_not_change_with_the_focus(self) -> None:
        focus = Focus(home(), "a/5")
        kept = focus.memory()
        press(focus, "ddl")
        focus.restore(kept)
        assert focus.memory() == kept
