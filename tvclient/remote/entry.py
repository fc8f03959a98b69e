"""Which child a container offers to a focus that comes in."""

from dataclasses import dataclass

from tvclient.remote.direction import Direction
from tvclient.remote.memory import Place
from tvclient.remote.movement import first_open, line_count, nearest_child, nearest_first, open_in_lines
from tvclient.remote.node import Group, Kind
from tvclient.remote.rect import Rect
from tvclient.remote.tree import Tree


@dataclass(frozen=True, slots=True)
class Arrival:
    """How the focus comes: the arrow, the rectangle it left, and the column that it keeps."""

    direction: Direction
    source: Rect
    column: int | None


def entry_child(tree: Tree, group: Group, place: Place | None, arrival: Arrival | None) -> int:
    """The index of the child to enter; the group must have one that can take focus.

    Order: last id → last index, clamped → on a vertical move the kept column → preferred → first.
    A free group without memory or preference takes the nearest by rectangle; a column or grid
    entered from below begins at its lower end.
    """
    found = _remembered(tree, group, place)
    if found is None and arrival is not None and arrival.column is not None:
        found = _same_column(tree, group, arrival.direction, arrival.column)
    if found is None:
        found = _preferred(tree, group)
    if found is None and arrival is not None:
        found = _nearest_end(tree, group, arrival)
    if found is None:
        found = first_open(tree, group, range(len(group.children)))
    if found is None:
        raise ValueError(f"nothing in {group.id!r} can take the focus")
    return found


def _remembered(tree: Tree, group: Group, place: Place | None) -> int | None:
    if place is None:
        return None
    found = _index_in(tree, group, place.child) if tree.is_open(place.child) else None
    if found is not None:
        return found
    at = min(place.index, len(group.children) - 1)
    return first_open(tree, group, (*range(at, len(group.children)), *range(at)[::-1]))


def _same_column(tree: Tree, group: Group, direction: Direction, column: int) -> int | None:
    if group.kind is Kind.ROW:
        return first_open(tree, group, nearest_first(range(len(group.children)), column))
    if group.kind is Kind.GRID:
        return open_in_lines(tree, group, range(line_count(group))[:: direction.sign], column)
    return None


def _preferred(tree: Tree, group: Group) -> int | None:
    if group.preferred is None or not tree.is_open(group.preferred):
        return None
    return _index_in(tree, group, group.preferred)


def _index_in(tree: Tree, group: Group, node_id: str) -> int | None:
    around = tree.ancestors(node_id)
    return around[0][1] if around and around[0][0].id == group.id else None


def _nearest_end(tree: Tree, group: Group, arrival: Arrival) -> int | None:
    if group.kind in (Kind.FREE, Kind.MODAL):
        return nearest_child(tree, group, arrival.direction, arrival.source)
    if arrival.direction is not Direction.UP:
        return None
    if group.kind is Kind.COLUMN:
        return first_open(tree, group, range(len(group.children))[::-1])
    if group.kind is Kind.GRID:
        return open_in_lines(tree, group, range(line_count(group))[::-1], 0)
    return None
