"""What can take the focus on the check-in screen: the pad, the names, the buttons."""

from collections.abc import Collection, Sequence

from tvclient.remote.direction import Direction
from tvclient.remote.edge import LeaveTo
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.group_buttons import LINE, MAIN, PLAN, UNDO
from tvclient.state.name_window import COLUMNS, NameWindow
from tvclient.widgets.card_pad import COLUMNS as PAD_COLUMNS


def group_focus(
    pad: Sequence[str], people: Sequence[str], first_line: int, buttons: Collection[str], is_ready: bool
) -> Group:
    """What is planned at the top; below it the pad, then names over the undo button over the buttons.

    `people` are all who are in; from line `first_line` on they are in sight. From below one comes to the last
    one in sight, not to the last of three hundred, and from the right of any line to the big button.
    """
    leaves = tuple(Leaf(name) for name in people)
    last = NameWindow(len(people), first_line).last
    up = {Direction.UP: LeaveTo(people[last - 1])} if people else {}
    beside = (
        Group("people", Kind.GRID, leaves, columns=COLUMNS, edges={Direction.RIGHT: LeaveTo(MAIN)}),
        Group("undo", Kind.ROW, (Leaf(UNDO, enabled=UNDO in buttons),), edges=up),
        Group("buttons", Kind.ROW, tuple(Leaf(name, enabled=name in buttons) for name in LINE)),
    )
    keys = tuple(Leaf(name, enabled=is_ready) for name in pad)
    below = (
        Group("pad", Kind.GRID, keys, columns=PAD_COLUMNS),
        Group("beside", Kind.COLUMN, beside, preferred="buttons"),
    )
    plan = Leaf(PLAN, enabled=PLAN in buttons)
    return Group("group_study", Kind.COLUMN, (plan, Group("check_in", Kind.ROW, below)), preferred="check_in")
