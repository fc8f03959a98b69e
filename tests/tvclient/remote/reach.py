"""Which leaves of a screen arrows alone can't reach; for the tests of screens with free groups."""

from tests.tvclient.remote.trees import ARROWS, open_leaves
from tvclient.remote.focus import Focus
from tvclient.remote.node import Group


def stranded_leaves(root: Group, start: str | None = None) -> set[str]:
    """The leaves that no walk from the start comes to. Every leaf is left by each arrow once, with the
    memory that the walk had when it first came there."""
    focus = Focus(root, start)
    seen = {focus.current: focus.memory()}
    open_ends = list(seen.values())
    while open_ends:
        here = open_ends.pop()
        for key in ARROWS.values():
            focus.restore(here)
            focus.press(key)
            if focus.current not in seen:
                seen[focus.current] = focus.memory()
                open_ends.append(seen[focus.current])
    return set(open_leaves(root)) - set(seen)
