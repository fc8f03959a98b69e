"""The immutable description of what can take the focus on a screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from tvclient.remote.direction import Direction
from tvclient.remote.edge import Edge, Wrap
from tvclient.remote.rect import NOWHERE, Rect, bounds

_NO_EDGES: Mapping[Direction, Edge] = MappingProxyType({})


class Kind(StrEnum):
    """How a group moves among its children."""

    ROW = "row"  # left and right, by index
    COLUMN = "column"  # up and down, by index
    GRID = "grid"  # all four, by index, `columns` to a line
    FREE = "free"  # all four, by rectangles
    MODAL = "modal"  # as FREE; only as the outermost group of Focus.push_modal


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing that can have the focus. The id is stable for the same thing across refreshes and
    unique on the screen, e.g. "row:continue/course:42". The rectangle matters in free groups only."""

    id: str
    rect: Rect = NOWHERE
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """A container. `rect` is what free groups round it see (the visible part of a scrolling row, say);
    without one it is the bounds of the children. `preferred` names the child to enter first.

    Raises ValueError for a grid without columns, or a Wrap in a direction the kind does not move in.
    """

    id: str
    kind: Kind
    children: tuple["Node", ...] = ()
    rect: Rect | None = None
    columns: int = 0
    edges: Mapping[Direction, Edge] = field(default_factory=lambda: _NO_EDGES)
    preferred: str | None = None
    enabled: bool = True

    def __post_init__(self) -> None:
        if self.kind is Kind.GRID and self.columns < 1:
            raise ValueError(f"grid {self.id!r} needs columns >= 1")
        for direction, edge in self.edges.items():
            if isinstance(edge, Wrap) and not moves(self.kind, Direction(direction)):
                raise ValueError(f"{self.kind} {self.id!r} does not move {direction}, so it can't wrap there")


Node = Leaf | Group


def moves(kind: Kind, direction: Direction) -> bool:
    """Whether a group of this kind moves among its children in this direction."""
    if kind is Kind.ROW:
        return not direction.is_vertical
    return kind is not Kind.COLUMN or direction.is_vertical


def rect_of(node: Node) -> Rect:
    """A leaf's own rectangle; a group's given one, or the bounds of its children."""
    if isinstance(node, Leaf):
        return node.rect
    return node.rect if node.rect is not None else bounds(rect_of(child) for child in node.children)
