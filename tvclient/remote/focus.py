"""The focus of one screen: exactly one leaf, unless nothing on the screen can take it."""

from tvclient.remote.direction import Direction
from tvclient.remote.key import Key
from tvclient.remote.memory import Memory
from tvclient.remote.node import Group
from tvclient.remote.scope import Scope
from tvclient.remote.step import Step


class Focus:
    """State only; widgets draw it. `default` is the leaf or group of the screen's first focus."""

    def __init__(self, root: Group, default: str | None = None) -> None:
        """Raises ValueError if two nodes have one id, or a modal group lies inside the tree."""
        self._scopes = [Scope(root, default)]

    @property
    def current(self) -> str | None:
        """The focused leaf's id (of the top-most modal, if one is open); None if nothing can take focus."""
        return self._scopes[-1].current

    @property
    def path(self) -> tuple[str, ...]:
        """Ids from the outermost group of the scope to the focused leaf; empty without focus."""
        return self._scopes[-1].path

    @property
    def modal(self) -> str | None:
        """The id of the top-most modal's group, or None."""
        return self._scopes[-1].tree.root.id if len(self._scopes) > 1 else None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The screen's own scope, then the open modals, top-most last."""
        return tuple(self._scopes)

    def press(self, key: Key) -> Step:
        """One arrow key, one step. Raises ValueError for a key that is no arrow."""
        return self._scopes[-1].press(Direction(key))

    def focus(self, node_id: str) -> bool:
        """Go to a leaf, or into a group (by its memory). False, and no change, if it can't take focus."""
        return self._scopes[-1].focus(node_id)

    def reconcile(self, root: Group) -> None:
        """The data changed. Same id → next sibling → previous → parent → the screen's default.

        A root with the id of an open modal's group replaces that one, any other the screen's own.
        """
        modals = [scope for scope in self._scopes[1:] if scope.tree.root.id == root.id]
        (modals[-1] if modals else self._scopes[0]).reconcile(root)

    def push_modal(self, group: Group, default: str | None = None) -> None:
        """A group of any kind takes all keys; no arrow leads out of it until pop_modal()."""
        self._scopes.append(Scope(group, default))

    def pop_modal(self) -> bool:
        """Closes the top-most modal; the focus beneath is as it was. False if there was none."""
        if len(self._scopes) == 1:
            return False
        self._scopes.pop()
        return True

    def memory(self) -> Memory:
        """What the screen stack keeps of the screen itself; open modals are not part of it."""
        return self._scopes[0].memory()

    def restore(self, memory: Memory) -> None:
        """Back to where memory() was taken, or to the nearest thing that is still there."""
        self._scopes[0].restore(memory)
