"""Where an arrow leads among the children of one group."""

from collections.abc import Iterable, Iterator

from tvclient.remote.direction import Direction
from tvclient.remote.finder import find_next
from tvclient.remote.node import Group, Kind
from tvclient.remote.rect import Rect
from tvclient.remote.tree import Tree


def next_child(
    tree: Tree, group: Group, index: int, direction: Direction, column: int, source: Rect
) -> int | None:
    """The index of the child after `index` that can take focus; None at the edge.

    `column` is the one a grid keeps on vertical moves; `source` is where a free group looks from.
    The group must be one that moves in this direction.
    """
    match group.kind:
        case Kind.ROW | Kind.COLUMN:
            return first_open(tree, group, _onwards(index, direction, len(group.children)))
        case Kind.GRID if direction.is_vertical:
            lines = _onwards(index // group.columns, direction, line_count(group))
            return open_in_lines(tree, group, lines, column)
        case Kind.GRID:
            line = line_of(group, index // group.columns)
            ahead = line[index - line.start + 1 :] if direction.sign > 0 else line[: index - line.start][::-1]
            return first_open(tree, group, ahead)
        case Kind.FREE | Kind.MODAL:
            return nearest_child(tree, group, direction, source, without=index)


def wrapped_child(
    tree: Tree, group: Group, index: int, direction: Direction, column: int, source: Rect
) -> int | None:
    """The index of the first child from the other end; may be `index` itself."""
    match group.kind:
        case Kind.ROW | Kind.COLUMN:
            return first_open(tree, group, _from_start(len(group.children), direction))
        case Kind.GRID if direction.is_vertical:
            return open_in_lines(tree, group, _from_start(line_count(group), direction), column)
        case Kind.GRID:
            return first_open(tree, group, line_of(group, index // group.columns)[:: direction.sign])
        case Kind.FREE | Kind.MODAL:
            outside = _beyond_start(tree.rect(group.id), direction, source)
            return nearest_child(tree, group, direction, outside)


def nearest_child(
    tree: Tree, group: Group, direction: Direction, source: Rect, without: int | None = None
) -> int | None:
    """FocusFinder among the children that can take focus."""
    chosen = [
        index for index, child in enumerate(group.children) if index != without and tree.is_open(child.id)
    ]
    found = find_next(direction, source, [tree.rect(group.children[index].id) for index in chosen])
    return None if found is None else chosen[found]


def first_open(tree: Tree, group: Group, indices: Iterable[int]) -> int | None:
    """The first of these children that can take focus."""
    return next((index for index in indices if tree.is_open(group.children[index].id)), None)


def open_in_lines(tree: Tree, group: Group, lines: Iterable[int], column: int) -> int | None:
    """In the first of these lines of a grid with anything to focus, the child nearest to a column."""
    for number in lines:
        line = line_of(group, number)
        found = first_open(tree, group, nearest_first(line, line.start + column))
        if found is not None:
            return found
    return None


def nearest_first(line: range, index: int) -> Iterator[int]:
    """The numbers of a range, from the one nearest to `index` outwards; of two as near, the lower first."""
    at = max(line.start, min(index, line.stop - 1))
    for distance in range(len(line)):
        if at - distance in line:
            yield at - distance
        if distance and at + distance in line:
            yield at + distance


def line_of(group: Group, number: int) -> range:
    """The child indices of one line of a grid; the last line may be short."""
    start = number * group.columns
    return range(start, min(start + group.columns, len(group.children)))


def line_count(group: Group) -> int:
    """How many lines a grid has."""
    return -(-len(group.children) // group.columns)


def _onwards(index: int, direction: Direction, count: int) -> range:
    return range(index + 1, count) if direction.sign > 0 else range(index - 1, -1, -1)


def _from_start(count: int, direction: Direction) -> range:
    return range(count)[:: direction.sign]


def _beyond_start(area: Rect, direction: Direction, source: Rect) -> Rect:
    match direction:
        case Direction.RIGHT:
            return source.moved(area.x - source.right, 0)
        case Direction.LEFT:
            return source.moved(area.right - source.x, 0)
        case Direction.DOWN:
            return source.moved(0, area.y - source.bottom)
        case Direction.UP:
            return source.moved(0, area.bottom - source.y)
