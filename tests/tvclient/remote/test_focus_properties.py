"""What holds on every screen, whatever is on it and whatever is pressed."""

import itertools
import time

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.tvclient.remote.reach import stranded_leaves
from tests.tvclient.remote.trees import ARROWS, open_leaves, random_trees
from tvclient.remote.direction import Direction
from tvclient.remote.focus import Focus
from tvclient.remote.key import Key
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.remote.rect import Rect
from tvclient.remote.step import Outcome

KEYS = st.lists(st.sampled_from(list(ARROWS.values())), max_size=25)
ANY_TREE = random_trees(kinds=(Kind.ROW, Kind.COLUMN, Kind.GRID, Kind.FREE), with_edges=True)
MORE_KEYS_THAN_A_TREE_HAS_LEAVES = 200


def check_one_focus(focus: Focus, root: Group) -> None:
    leaves = set(open_leaves(root))
    assert (focus.current in leaves) if leaves else focus.current is None
    assert focus.path == path_to(root, focus.current)


def path_to(group: Group, leaf_id: str | None) -> tuple[str, ...]:
    for child in group.children:
        if child.id == leaf_id:
            return (group.id, child.id)
        if isinstance(child, Group) and (inner := path_to(child, leaf_id)):
            return (group.id, *inner)
    return ()


@given(ANY_TREE, KEYS, st.sampled_from([None, "leaf1", "group2"]))
def test_there_is_always_exactly_one_focus_that_is_enabled(
    root: Group, keys: list[Key], default: str | None
) -> None:
    focus = Focus(root, default)
    check_one_focus(focus, root)
    for key in keys:
        before = focus.current
        step = focus.press(key)
        check_one_focus(focus, root)
        assert (step.origin, step.target) == (before, focus.current)
        assert step.moved == (before != focus.current)


@given(ANY_TREE, KEYS)
def test_the_same_keys_give_the_same_path(root: Group, keys: list[Key]) -> None:
    one, other = Focus(root), Focus(root)
    assert [one.press(key) for key in keys] == [other.press(key) for key in keys]


@given(st.lists(ANY_TREE, min_size=2, max_size=5), st.lists(KEYS, min_size=4, max_size=4))
def test_after_every_change_of_data_the_focus_is_on_something_that_is_there(
    roots: list[Group], presses: list[list[Key]]
) -> None:
    focus = Focus(roots[0])
    for root, keys in zip(roots[1:], presses, strict=False):
        for key in keys:
            focus.press(key)
        before = focus.current
        focus.reconcile(root)
        check_one_focus(focus, root)
        assert before not in set(open_leaves(root)) or focus.current == before


@given(ANY_TREE, ANY_TREE, KEYS)
def test_a_memory_restores_the_focus_or_finds_another_one(root: Group, other: Group, keys: list[Key]) -> None:
    focus = Focus(root)
    for key in keys:
        focus.press(key)
    kept, again = focus.memory(), Focus(root)
    again.restore(kept)
    assert again.memory() == kept
    assert [again.press(key) for key in keys] == [focus.press(key) for key in keys]
    again.reconcile(other)
    again.restore(kept)
    check_one_focus(again, other)


@given(ANY_TREE, random_trees(with_edges=True), KEYS)
def test_no_arrow_leads_out_of_a_modal_and_closing_it_changes_nothing_beneath(
    root: Group, dialog: Group, keys: list[Key]
) -> None:
    focus = Focus(root)
    before = focus.memory()
    focus.push_modal(dialog)
    for key in keys:
        focus.press(key)
        check_one_focus(focus, dialog)
    focus.pop_modal()
    assert focus.memory() == before


def go(focus: Focus, root: Group, target: str) -> None:
    """Walks to a leaf as a person would: in each container towards the child that leads to it."""
    way = path_to(root, target)
    for group_id, child_id in itertools.pairwise(way):
        group = find(root, group_id)
        aim = [child.id for child in group.children].index(child_id)
        for _ in range(MORE_KEYS_THAN_A_TREE_HAS_LEAVES):
            at = [child.id for child in group.children].index(focus.path[focus.path.index(group_id) + 1])
            if at == aim:
                break
            focus.press(towards(group, at, aim))


def towards(group: Group, at: int, aim: int) -> Key:
    if group.kind is Kind.GRID and at // group.columns == aim // group.columns:
        return Key.RIGHT if aim > at else Key.LEFT
    if group.kind is Kind.ROW:
        return Key.RIGHT if aim > at else Key.LEFT
    return Key.DOWN if aim > at else Key.UP


def find(group: Group, group_id: str) -> Group:
    if group.id == group_id:
        return group
    inner = (find(child, group_id) for child in group.children if path_or_self(child, group_id))
    return next(inner)


def path_or_self(node: Group | Leaf, node_id: str) -> bool:
    return node.id == node_id or (
        isinstance(node, Group) and any(path_or_self(child, node_id) for child in node.children)
    )


@given(random_trees(), st.data())
def test_in_rows_columns_and_grids_everything_can_be_reached_from_everywhere(
    root: Group, data: st.DataObject
) -> None:
    leaves = list(open_leaves(root))
    assume(len(leaves) > 1)
    focus = Focus(root)
    for target in data.draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=6)):
        go(focus, root, target)
        assert focus.current == target


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=2, max_size=20), st.data())
def test_a_free_group_of_separate_rectangles_is_no_trap(
    cells: set[tuple[int, int]], data: st.DataObject
) -> None:
    def leaf(x: int, y: int) -> Leaf:
        size = st.integers(10, 100)
        return Leaf(f"{x},{y}", Rect(100 * x, 100 * y, data.draw(size), data.draw(size)))

    leaves = tuple(leaf(x, y) for x, y in sorted(cells))
    for start in leaves:
        steps = []
        for key in ARROWS.values():
            focus = Focus(Group("pad", Kind.FREE, leaves), start.id)
            steps.append(focus.press(key))
        assert any(step.moved for step in steps)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(1, 6)), min_size=1, max_size=6), st.data())
def test_a_free_pad_of_even_lines_has_a_way_from_each_to_each(
    lines: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Lines of one to six keys, some set in by half a key. FocusFinder does not promise as much of keys
    with gaps between them: a screen that has such tests itself with stranded_leaves()."""
    keys = tuple(
        Leaf(f"{x},{y}", Rect(96 * x + 52 * inset, 96 * y, 88, 88))
        for y, (inset, count) in enumerate(lines)
        for x in range(count)
    )
    start = data.draw(st.sampled_from(keys))
    assert stranded_leaves(Group("pad", Kind.FREE, keys), start.id) == set()


def test_a_leaf_that_androids_rule_never_chooses_is_found_out() -> None:
    cells = [(0, 3), (0, 5), (1, 0), (4, 0), (4, 4)]
    leaves = tuple(Leaf(f"{x},{y}", Rect(340 * x, 300 * y, 320, 276)) for x, y in cells)
    assert stranded_leaves(Group("gaps", Kind.FREE, leaves), "4,0") == {"4,4"}


@given(random_trees(kinds=(Kind.ROW, Kind.COLUMN)), KEYS, st.sampled_from(list(ARROWS.values())))
def test_holding_an_arrow_always_comes_to_a_stop(root: Group, keys: list[Key], held: Key) -> None:
    focus = Focus(root)
    for key in keys:
        focus.press(key)
    outcomes = [focus.press(held).outcome for _ in range(MORE_KEYS_THAN_A_TREE_HAS_LEAVES)]
    assert outcomes[-1] is Outcome.STOPPED


def test_a_grid_of_the_whole_catalogue_moves_in_far_less_than_a_millisecond() -> None:
    leaves = tuple(Leaf(f"course:{n}", Rect(n % 5 * 340, n // 5 * 300, 320, 276)) for n in range(21_400))
    tabs = Group("tabs", Kind.ROW, tuple(Leaf(f"tab:{n}") for n in range(8)))
    focus = Focus(
        Group("list", Kind.COLUMN, (tabs, Group("courses", Kind.GRID, leaves, columns=5))), "courses"
    )
    keys = [Key(direction) for direction in (Direction.DOWN, Direction.RIGHT, Direction.DOWN, Direction.LEFT)]
    began_s = time.perf_counter()
    for key in itertools.islice(itertools.cycle(keys), 4000):
        focus.press(key)
    assert focus.current == f"course:{2000 * 5}"
    # 0.01 ms a key on the machine this was written on; a walk over the tree would take over 1 ms.
    assert (time.perf_counter() - began_s) / 4000 < 0.000_5
