"""One focus tree with its focus: a whole screen, or a modal over it."""

from tvclient.remote.direction import Direction
from tvclient.remote.edge import STOP, Block, LeaveTo, Stop, Wrap
from tvclient.remote.entry import Arrival, entry_child
from tvclient.remote.memory import Memory, Place
from tvclient.remote.movement import next_child, wrapped_child
from tvclient.remote.node import Group, Kind, Leaf, moves, rect_of
from tvclient.remote.rect import Rect
from tvclient.remote.step import Outcome, Step
from tvclient.remote.tree import Tree


class Scope:
    """Focus never leaves a scope by an arrow. `default` is where it begins, and ends up if all else goes."""

    def __init__(self, root: Group, default: str | None) -> None:
        self.tree = Tree(root)
        self._default = default
        self._places: dict[str, Place] = {}
        self._columns: dict[str, int] = {}
        self.current: str | None = None
        self._settle(self._start())

    @property
    def path(self) -> tuple[str, ...]:
        """Ids from the root to the focused leaf; empty without focus."""
        if self.current is None:
            return ()
        groups = [group.id for group, _ in self.tree.ancestors(self.current)]
        return (*reversed(groups), self.current)

    def press(self, direction: Direction) -> Step:
        """One move; the innermost group that can make it does."""
        if self.current is None:
            return Step(Outcome.STOPPED, None, None)
        around = self.tree.ancestors(self.current)
        if direction.is_vertical:
            self._note_columns(around)
        source = rect_of(self.tree[self.current])
        for group, index in around:
            step = self._ask(group, index, direction, source)
            if step is not None:
                return step
            if group.rect is not None:
                # Seen from outside, a tile scrolled out of its row is where the row is.
                source = source.cut_to(group.rect) or group.rect
        return Step(Outcome.STOPPED, self.current, self.current)

    def focus(self, node_id: str) -> bool:
        """Goes to a leaf or into a group; False if it can't take focus."""
        if not self.tree.is_open(node_id):
            return False
        leaf = self._leaf_in(node_id)
        if leaf != self.current:
            self._columns.clear()
        self._settle(leaf)
        return True

    def reconcile(self, root: Group) -> None:
        """Another tree in place of this one; the focus stays as near as it can."""
        old, self.tree = self.tree, Tree(root)
        if self.current is not None and self.tree.is_open(self.current):
            if _indices(old, self.current) != _indices(self.tree, self.current):
                self._columns.clear()
            self._settle(self.current)
            return
        self._columns.clear()
        self._settle(self._heir(old, self.current) if self.current is not None else self._again())

    def memory(self) -> Memory:
        """A copy of all that this scope knows about its focus."""
        return Memory(self.path, dict(self._places), dict(self._columns))

    def restore(self, memory: Memory) -> None:
        """Takes over a memory; its innermost node that can still take focus gets it."""
        self._places, self._columns = dict(memory.places), dict(memory.columns)
        still_open = next((node_id for node_id in reversed(memory.path) if self.tree.is_open(node_id)), None)
        leaf = self._again() if still_open is None else self._leaf_in(still_open)
        if not memory.path or leaf != memory.path[-1]:
            self._columns.clear()
        self._settle(leaf)

    def _ask(self, group: Group, index: int, direction: Direction, source: Rect) -> Step | None:
        """What this group does with the move; None passes it on to the group round it."""
        column = self._columns.get(group.id)
        column_here = column if column is not None else (index % group.columns if group.columns else 0)
        arrival = Arrival(direction, source, column if direction.is_vertical else None)
        if moves(group.kind, direction):
            found = next_child(self.tree, group, index, direction, column_here, source)
            if found is not None:
                return self._go(group.children[found].id, arrival)
        match group.edges.get(direction, STOP):
            case Stop():
                return None
            case Block():
                return Step(Outcome.BLOCKED, self.current, self.current)
            case LeaveTo(node_id):
                return self._go(node_id, arrival) if self.tree.is_open(node_id) else None
            case Wrap():
                found = wrapped_child(self.tree, group, index, direction, column_here, source)
                if found is None:
                    return Step(Outcome.STOPPED, self.current, self.current)
                return self._go(group.children[found].id, arrival)

    def _go(self, node_id: str, arrival: Arrival) -> Step:
        origin = self.current
        self._settle(self._leaf_in(node_id, arrival))
        if self.current == origin:
            return Step(Outcome.STOPPED, origin, origin)
        if not arrival.direction.is_vertical:
            self._columns.clear()
        return Step(Outcome.MOVED, origin, self.current)

    def _leaf_in(self, node_id: str, arrival: Arrival | None = None) -> str:
        node = self.tree[node_id]
        while not isinstance(node, Leaf):
            if arrival is not None and arrival.column is not None:
                self._columns[node.id] = arrival.column
            node = node.children[entry_child(self.tree, node, self._places.get(node.id), arrival)]
        return node.id

    def _settle(self, leaf: str | None) -> None:
        self.current = leaf
        for group, index in self.tree.ancestors(leaf) if leaf is not None else ():
            self._places[group.id] = Place(group.children[index].id, index)

    def _start(self) -> str | None:
        root = self.tree.root.id
        if not self.tree.is_open(root):
            return None
        if self._default is not None and self.tree.is_open(self._default):
            return self._leaf_in(self._default)
        return self._leaf_in(root)

    def _again(self) -> str | None:
        """After a time without focus: where it was, if it was anywhere."""
        root = self.tree.root.id
        return self._leaf_in(root) if root in self._places and self.tree.is_open(root) else self._start()

    def _heir(self, old: Tree, lost: str) -> str | None:
        """Next sibling → previous → parent, then the same for the parent; instead of the root the default."""
        node_id = lost
        for group, index in old.ancestors(lost):
            for sibling in (*group.children[index + 1 :], *reversed(group.children[:index])):
                parent = self.tree.parent(sibling.id)
                if parent is not None and parent.id == group.id and self.tree.is_open(sibling.id):
                    return self._leaf_in(sibling.id)
            node_id = group.id
            if node_id != self.tree.root.id and self.tree.is_open(node_id):
                return self._leaf_in(node_id)
        return self._start()

    def _note_columns(self, around: list[tuple[Group, int]]) -> None:
        """Each group learns in which column the focus is, unless it has kept one since a sideways move."""
        column: int | None = None
        for group, index in around:
            if group.kind is Kind.ROW:
                column = index
            elif group.kind is Kind.GRID:
                column = index % group.columns
            if column is not None:
                self._columns.setdefault(group.id, column)


def _indices(tree: Tree, node_id: str) -> list[tuple[str, int]]:
    return [(group.id, index) for group, index in tree.ancestors(node_id)]
