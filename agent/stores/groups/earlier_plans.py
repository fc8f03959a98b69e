"""What group studies of this station were planned as before: its own kinds, its themes."""

from sqlite_utils import Database as Tables

from study.group.kind import GroupKind

OFFERED = 12
"""So many of each, the last first: they are chosen from a list with a remote control."""


def own_kinds(tables: Tables) -> list[str]:
    """Kinds that are none of the four, in group studies and in offline study."""
    rows = tables.execute(
        "SELECT kind FROM (SELECT kind, group_id AS place FROM groups"
        " UNION ALL SELECT kind, 0 FROM offline) GROUP BY kind ORDER BY max(place) DESC, kind"
    )
    return [str(kind) for (kind,) in rows.fetchall() if kind not in set(GroupKind)][:OFFERED]


def themes(tables: Tables) -> list[str]:
    """Each once."""
    rows = tables.execute(
        "SELECT theme FROM groups WHERE theme <> '' GROUP BY theme ORDER BY max(group_id) DESC LIMIT ?",
        [OFFERED],
    )
    return [str(theme) for (theme,) in rows.fetchall()]
