"""The tile of a group study that goes on: whoever comes home, or back after a power cut, goes on with it."""

from agent.api.group_entries import agenda_entries
from agent.api.unplayed_tile import unplayed_tile
from agent.clock import Clock
from agent.stores.disk.database import Tables
from agent.stores.groups.group_log import Now, open_group, present
from agent.stores.groups.standing import standing_of
from study.group.kind import kind_words
from study.group_api import DISCUSSION
from study.local_api import COVERS, Tile

GROUP = "group"


def group_tile(tables: Tables, screen: str, clock: Clock) -> Tile | None:
    """Of the one in front of `screen`; None where there is none, or where nothing was done in it yet."""
    group = open_group(tables, screen)
    if group is None:
        return None
    people = present(tables, group["group_id"])
    if not people and (group["heard_boot_id"], group["heard_ms"]) == (group["boot_id"], group["opened_ms"]):
        return None
    agenda = agenda_entries(tables, standing_of(tables, group, Now(clock.boot, clock.mono_ms())))
    first = next((entry for entry in agenda if entry["course_id"]), None)
    titles = [entry["title"] for entry in agenda if entry["kind"] != DISCUSSION]
    title = group["theme"] or next(iter(titles), kind_words(group["kind"]))
    tile = unplayed_tile(f"{GROUP}:{group['group_id']}", GROUP, title, episodes=len(people))
    if first is not None:
        tile["cover"] = f"{COVERS}/{first['course_id']}"
    return tile
