"""The focus tree as text, for logs and tests."""

from collections.abc import Iterator

from tvclient.remote.focus import Focus
from tvclient.remote.node import Leaf, Node
from tvclient.remote.scope import Scope


def dump(focus: Focus) -> str:
    """One line a node, indented; ">" marks the way to the focus, "-" what can't take it; modals come last.

    > column home
      > row row:continue
          course:41
        > course:42
      - row row:live
    """
    return "\n".join(line for scope in focus.scopes for line in _lines(scope, scope.tree.root, 0))


def _lines(scope: Scope, node: Node, depth: int) -> Iterator[str]:
    mark = ">" if node.id in scope.path else " " if scope.tree.is_open(node.id) else "-"
    label = node.id if isinstance(node, Leaf) else f"{node.kind} {node.id}"
    yield f"{'  ' * depth}{mark} {label}"
    for child in () if isinstance(node, Leaf) else node.children:
        yield from _lines(scope, child, depth + 1)
