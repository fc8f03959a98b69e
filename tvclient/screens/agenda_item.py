"""Opening an item of a group study's agenda, and knowing one that was chosen elsewhere."""

from collections.abc import Mapping, Sequence

from study.article import article_of, reading_of
from study.units import ArticleId, ItemId
from tvclient.screens.services import Navigate


def open_item(navigate: Navigate, item_id: str) -> None:
    """An article is read, everything else plays."""
    article_id = article_of(ItemId(item_id))
    if article_id is not None:
        navigate.show("article", article_id=article_id)
    else:
        navigate.show("player", item_id=item_id)


def chosen_items(name: str, params: Mapping[str, object]) -> tuple[str, ...]:
    """The items that the screen `name` would show; none where it shows something else."""
    if name == "player":
        return (str(params["item_id"]),)
    if name == "article":
        return (reading_of(ArticleId(str(params["article_id"]))),)
    agenda = params.get("agenda")
    if name == "group_study" and isinstance(agenda, Sequence):
        return tuple(str(item_id) for item_id in agenda)
    return ()
