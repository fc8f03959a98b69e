import pytest

from tests.tvclient.remote.trees import column, free, grid, off, press, row, tiles
from tvclient.remote.direction import Direction
from tvclient.remote.edge import BLOCK, WRAP, LeaveTo
from tvclient.remote.focus import Focus
from tvclient.remote.key import Key
from tvclient.remote.node import Leaf
from tvclient.remote.rect import Rect
from tvclient.remote.step import Outcome, Step


class TestEdges:
    def test_by_default_an_inner_container_is_left_for_an_outer_one(self) -> None:
        focus = Focus(row("s", column("m", "m0", "m1"), column("c", tiles("a", 2), tiles("b", 2))), "a/1")
        assert press(focus, "r") == "a/1"
        assert press(focus, "ll") == "m0"

    def test_block_lets_nothing_out(self) -> None:
        guarded = column("c", tiles("a", 2), edges={Direction.LEFT: BLOCK})
        focus = Focus(row("s", "menu", guarded), "a/1")
        assert press(focus, "l") == "a/0"
        assert focus.press(Key.LEFT) == Step(Outcome.BLOCKED, "a/0", "a/0")

    def test_wrap_goes_on_at_the_other_end(self) -> None:
        both = {Direction.LEFT: WRAP, Direction.RIGHT: WRAP}
        focus = Focus(row("r", off("x"), "a", "b", "c", edges=both))
        assert press(focus, "l") == "c"
        assert press(focus, "r") == "a"

    def test_wrap_with_one_child_stays(self) -> None:
        focus = Focus(row("s", row("r", "a", edges={Direction.RIGHT: WRAP}), "b"), "a")
        assert focus.press(Key.RIGHT).outcome is Outcome.STOPPED

    def test_a_grid_wraps_within_its_line_and_its_column(self) -> None:
        around = dict.fromkeys(Direction, WRAP)
        focus = Focus(grid("G", 3, *"abcdefgh", edges=around))
        assert press(focus, "l") == "c"
        assert press(focus, "u") == "h"
        assert press(focus, "d") == "c"

    def test_a_free_group_wraps_along_the_same_line(self) -> None:
        keys = [Leaf(f"{x}{y}", Rect(100 * x, 100 * y, 90, 90)) for y in range(2) for x in range(3)]
        focus = Focus(free("pad", *keys, edges=dict.fromkeys(Direction, WRAP)), "21")
        assert press(focus, "r") == "01"
        assert press(focus, "d") == "00"
        assert press(focus, "l") == "20"
        assert press(focus, "u") == "21"

    def test_wrapping_where_a_kind_does_not_move_is_refused(self) -> None:
        with pytest.raises(ValueError, match="up"):
            row("r", "a", edges={Direction.UP: WRAP})

    def test_leave_to_goes_to_a_named_place_by_its_memory(self) -> None:
        named = column("c", tiles("a", 2), edges={Direction.UP: LeaveTo("d")})
        focus = Focus(column("s", named, tiles("b", 2), tiles("d", 3)), "d/2")
        focus.focus("a/0")
        assert press(focus, "u") == "d/2"

    def test_leave_to_a_place_that_cannot_take_focus_is_a_plain_edge(self) -> None:
        named = row("a", "a0", edges={Direction.DOWN: LeaveTo("gone")})
        assert press(Focus(column("s", named, "b")), "d") == "b"
