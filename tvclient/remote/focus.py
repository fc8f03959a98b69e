"""The focus of one screen: exactly one leaf, unless nothing on the screen can take it."""

from tvclient.remote.key import Key
from tvclient.remote.memory import Memory
from tvclient.remote.node import Group
from tvclient.remote.step import Step


class Focus:
    """State only; widgets draw it. `default` is the leaf or group of the screen's first focus."""

    def __init__(self, root: Group, default: str | None = None) -> None:
        """Raises ValueError if two nodes have one id, or a modal group lies inside the tree."""
        raise NotImplementedError

    @property
    def current(self) -> str | None:
        """The focused leaf's id (of the top-most modal, if one is open); None if nothing can take focus."""
        raise NotImplementedError

    @property
    def path(self) -> tuple[str, ...]:
        """Ids from the outermost group of the scope to the focused leaf; empty without focus."""
        raise NotImplementedError

    @property
    def modal(self) -> str | None:
        """The id of the top-most modal's group, or None."""
        raise NotImplementedError

    def press(self, key: Key) -> Step:
        """One arrow key, one step. Raises ValueError for a key that is no arrow."""
        raise NotImplementedError

    def focus(self, node_id: str) -> bool:
        """Go to a leaf, or into a group (by its memory). False, and no change, if it can't take focus."""
        raise NotImplementedError

    def reconcile(self, root: Group) -> None:
        """The data changed. Same id → next sibling → previous → parent → the screen's default.

        A root with the id of an open modal's group replaces that one, any other the screen's own.
        """
        raise NotImplementedError

    def push_modal(self, group: Group, default: str | None = None) -> None:
        """A group of any kind takes all keys; no arrow leads out of it until pop_modal()."""
        raise NotImplementedError

    def pop_modal(self) -> bool:
        """Closes the top-most modal; the focus beneath is as it was. False if there was none."""
        raise NotImplementedError

    def memory(self) -> Memory:
        """What the screen stack keeps of the screen itself; open modals are not part of it."""
        raise NotImplementedError

    def restore(self, memory: Memory) -> None:
        """Back to where memory() was taken, or to the nearest thing that is still there."""
        raise NotImplementedError
