"""A focus tree with everything looked up by id."""

from tvclient.remote.node import Group, Kind, Leaf, Node, rect_of
from tvclient.remote.rect import Rect


class Tree:
    """Indexes one root once, so that a key press never walks the tree.

    Raises ValueError if two nodes have one id, or a modal group lies inside another group.
    """

    def __init__(self, root: Group) -> None:
        self.root = root
        self._nodes: dict[str, Node] = {root.id: root}
        self._spots: dict[str, tuple[Group, int]] = {}
        self._open: set[str] = set()
        self._rects: dict[str, Rect] = {}
        self._add_children(root, root.enabled)

    def __contains__(self, node_id: str) -> bool:
        return node_id in self._nodes

    def __getitem__(self, node_id: str) -> Node:
        return self._nodes[node_id]

    def is_open(self, node_id: str) -> bool:
        """True if focus can go there: a leaf enabled with everything round it, or a group with one."""
        return node_id in self._open

    def parent(self, node_id: str) -> Group | None:
        """The group round a node; None for the root and for what is not in the tree."""
        spot = self._spots.get(node_id)
        return spot[0] if spot else None

    def ancestors(self, node_id: str) -> list[tuple[Group, int]]:
        """The groups round a node, innermost first, each with the index of the child that leads to it."""
        found = []
        spot = self._spots.get(node_id)
        while spot:
            found.append(spot)
            spot = self._spots.get(spot[0].id)
        return found

    def rect(self, node_id: str) -> Rect:
        """rect_of(), worked out once."""
        if node_id not in self._rects:
            self._rects[node_id] = rect_of(self._nodes[node_id])
        return self._rects[node_id]

    def _add_children(self, group: Group, enabled: bool) -> None:
        nodes, spots, opened = self._nodes, self._spots, self._open
        any_open = False
        for index, child in enumerate(group.children):
            if child.id in nodes:
                raise ValueError(f"two focus nodes have the id {child.id!r}")
            nodes[child.id] = child
            spots[child.id] = (group, index)
            if isinstance(child, Leaf):
                if enabled and child.enabled:
                    opened.add(child.id)
                    any_open = True
            else:
                if child.kind is Kind.MODAL:
                    raise ValueError(f"modal {child.id!r} lies inside {group.id!r}; use Focus.push_modal")
                self._add_children(child, enabled and child.enabled)
                any_open = any_open or child.id in opened
        if any_open:
            opened.add(group.id)
