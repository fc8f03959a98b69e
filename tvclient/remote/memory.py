"""What a screen remembers of its focus while it is out of sight."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a container was left: the child that had the focus in it."""

    child: str
    index: int


@dataclass(frozen=True, slots=True)
class Memory:
    """The path from the outermost group to the focused leaf, every container's last place by id, and
    the column that vertical moves keep."""

    path: tuple[str, ...]
    places: Mapping[str, Place]
    columns: Mapping[str, int]
