"""The focus tree as text, for logs and tests."""

from tvclient.remote.focus import Focus


def dump(focus: Focus) -> str:
    """One line a node, indented; ">" marks the focus, "-" what can't take it; modals come last."""
    raise NotImplementedError
