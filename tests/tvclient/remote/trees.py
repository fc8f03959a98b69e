"""Focus trees for tests: short ways to write them, and random ones."""

from collections.abc import Iterator

from hypothesis import strategies as st

from tvclient.remote.direction import Direction
from tvclient.remote.edge import BLOCK, STOP, WRAP, LeaveTo
from tvclient.remote.focus import Focus
from tvclient.remote.key import Key
from tvclient.remote.node import Group, Kind, Leaf, Node, moves
from tvclient.remote.rect import Rect

ARROWS = {"u": Key.UP, "d": Key.DOWN, "l": Key.LEFT, "r": Key.RIGHT}


def row(group_id: str, *children: Node | str, **rest: object) -> Group:
    return _group(Kind.ROW, group_id, children, rest)


def column(group_id: str, *children: Node | str, **rest: object) -> Group:
    return _group(Kind.COLUMN, group_id, children, rest)


def grid(group_id: str, columns: int, *children: Node | str, **rest: object) -> Group:
    return _group(Kind.GRID, group_id, children, {"columns": columns, **rest})


def free(group_id: str, *children: Node, **rest: object) -> Group:
    return _group(Kind.FREE, group_id, children, rest)


def off(leaf_id: str) -> Leaf:
    return Leaf(leaf_id, enabled=False)


def tiles(group_id: str, count: int) -> Group:
    """A row "a" of "a/0", "a/1" …"""
    return row(group_id, *(f"{group_id}/{n}" for n in range(count)))


def home() -> Group:
    """Four rows of tiles, the third a short one."""
    return column("home", tiles("a", 9), tiles("b", 9), tiles("c", 3), tiles("d", 9))


def press(focus: Focus, arrows: str) -> str | None:
    """Presses e.g. "ddr"; the focus after it."""
    for arrow in arrows:
        focus.press(ARROWS[arrow])
    return focus.current


def open_leaves(node: Node) -> Iterator[str]:
    """Ids of the leaves that can take focus, found without any index."""
    if not node.enabled:
        return
    if isinstance(node, Leaf):
        yield node.id
    else:
        for child in node.children:
            yield from open_leaves(child)


def _group(kind: Kind, group_id: str, children: tuple[Node | str, ...], rest: dict[str, object]) -> Group:
    nodes = tuple(Leaf(child) if isinstance(child, str) else child for child in children)
    return Group(group_id, kind, nodes, **rest)  # type: ignore[arg-type]


ENABLED = st.integers(0, 5).map(bool)
RECTS = st.builds(Rect, *[st.integers(0, 5).map(lambda cell: 100 * cell)] * 2, st.just(90), st.just(90))
EDGES = st.sampled_from([STOP, BLOCK, LeaveTo("leaf1"), LeaveTo("group2"), WRAP])


@st.composite
def random_trees(
    draw: st.DrawFn,
    kinds: tuple[Kind, ...] = (Kind.ROW, Kind.COLUMN, Kind.GRID),
    with_edges: bool = False,
) -> Group:
    """A root with up to three levels of groups. Ids come from few, so that two trees share some."""
    taken: set[str] = set()

    def fresh(prefix: str) -> str:
        number = draw(st.integers(0, 20))
        while f"{prefix}{number}" in taken:
            number += 1
        taken.add(f"{prefix}{number}")
        return f"{prefix}{number}"

    def node(depth: int) -> Node:
        if depth == 0 or draw(st.booleans()):
            return Leaf(fresh("leaf"), draw(RECTS), draw(ENABLED))
        return group(fresh("group"), depth, draw(ENABLED))

    def group(group_id: str, depth: int, enabled: bool) -> Group:
        kind = draw(st.sampled_from(kinds))
        children = tuple(node(depth - 1) for _ in range(draw(st.integers(0, 5))))
        preferred = draw(st.sampled_from([None, *(child.id for child in children)]))
        edges = {way: draw(EDGES) for way in Direction if with_edges and draw(st.booleans())}
        allowed = {way: edge for way, edge in edges.items() if edge is not WRAP or moves(kind, way)}
        columns = draw(st.integers(1, 3))
        return Group(
            group_id, kind, children, columns=columns, edges=allowed, preferred=preferred, enabled=enabled
        )

    return group("root", draw(st.integers(1, 3)), True)
