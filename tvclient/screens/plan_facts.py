"""Kind, theme and facilitator of a group study on their three lines."""

from typing import Any

from tvclient.state.plan_state import PlanState
from tvclient.words import _

KIND, THEME, LEADER = "fact:kind", "fact:theme", "fact:facilitator"
PLAN_FACTS = {KIND: "kind", THEME: "theme", LEADER: "facilitator"}
"""Focus ids and the parts that show them."""


def show_plan_facts(ids: Any, state: PlanState) -> None:
    """What nobody has chosen is said so, quietly."""
    nothing = _("还没有定")
    ids.kind.value = state.kind_words
    ids.theme.value, ids.theme.quiet = state.theme or nothing, not state.theme
    name = state.facilitator_name
    ids.facilitator.value, ids.facilitator.quiet = name or nothing, not name
