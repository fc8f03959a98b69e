"""The buttons of the check-in screen: which there are, where they lie, what they say."""

from typing import Any

from tvclient import theme
from tvclient.screens.way_on import WayOn
from tvclient.state.durations import clock_text
from tvclient.state.group_state import GroupState, Main
from tvclient.widgets.brush import text_width
from tvclient.widgets.push_button import PushButton
from tvclient.words import _

MAIN, DISCUSSION, END, UNDO = "button:main", "button:discussion", "button:end", "button:undo"
PLAN = "button:plan"
PARTS = {MAIN: "main", DISCUSSION: "discussion", END: "end", UNDO: "undo"}
LINE = (MAIN, DISCUSSION, END)
ALONE, FIRST_OF_THREE = (1120, 908, 704, 104), (1120, 908, 288, 104)
WORDS_W = 200
"""In the first of three, beside its icon."""
SECOND_OF_TWO, SECOND_OF_THREE = (1424, 908, 400, 104), (1424, 908, 232, 104)


class GroupButtons:
    """Before the first item one large button; then a discussion and the end beside it."""

    def __init__(self, ids: Any) -> None:
        self.parts: dict[str, PushButton] = {name: ids[part] for name, part in PARTS.items()}

    def show(self, state: GroupState | None, way: WayOn | None) -> None:
        """Without a group study one button leads on."""
        icon, words = state.main.value if state else (way or WayOn.BACK).value
        is_on = state is not None and state.has_begun
        is_last = state is not None and state.main is Main.END
        main, discussion = self.parts[MAIN], self.parts[DISCUSSION]
        main.icon, main.text = icon, _(words)
        main.rect = list(FIRST_OF_THREE if is_on else ALONE)
        main.role = _beside_role(_(words)) if is_on else theme.FIGURE
        discussion.shown = is_on
        discussion.rect = list(SECOND_OF_TWO if is_last else SECOND_OF_THREE)
        self.parts[END].shown = is_on and not is_last
        self.parts[UNDO].shown = state is not None and state.can_undo

    def show_discussion(self, discussing: bool, discussion_ms: int) -> None:
        """Its clock, while one goes on."""
        button = self.parts[DISCUSSION]
        button.icon = "" if discussing else "group"
        button.text = _("讨论") + (f" {clock_text(discussion_ms)}" if discussing else "")


def _beside_role(words: str) -> theme.Type:
    return theme.ROW_TITLE if text_width(words, theme.ROW_TITLE) <= WORDS_W else theme.BODY_BOLD
