"""What the plan of a group study may say without anybody typing: kinds and themes."""

from agent.api.group import Room
from agent.stores.groups.earlier_plans import own_kinds, themes
from study.group.kind import GroupKind, kind_words
from study.group_api import ChoicesReply, KindEntry


def plan_choices(room: Room) -> ChoicesReply:
    """The four kinds, then this station's own; its themes. Raises StoreError."""
    with room.database.reading() as tables:
        kinds = [*GroupKind, *own_kinds(tables)]
        return ChoicesReply(
            kinds=[KindEntry(kind=str(kind), words=kind_words(kind)) for kind in kinds],
            themes=themes(tables),
        )
