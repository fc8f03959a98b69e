"""The figures of a month's bulletin 通报, before anybody writes them down."""

from collections.abc import Mapping
from dataclasses import dataclass

from municipal.bulletin.totals import Compared
from municipal.hours import DistrictHours, StationHours
from study.station import StationType

TAKING_PART = (StationType.VILLAGE, StationType.COMMUNITY)
"""Whose participation is published, and what they view."""


@dataclass(frozen=True, slots=True)
class Participation:
    """Of the stations due to study, how many studied; source: the bulletin of March 2015, table 3."""

    active: int
    due: int

    @property
    def idle(self) -> int:
        return self.due - self.active


@dataclass(frozen=True, slots=True)
class DistrictParticipation:
    """One row; a type of which no station is due is not in it."""

    district: str
    by_type: Mapping[StationType, Participation]


@dataclass(frozen=True, slots=True)
class Viewed:
    """A course, category or article and how often it was opened and played or read, counted or not."""

    title: str
    by: str
    """The producer of a course, the column of an article; empty for a category."""
    views: int


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One month of the city. The same records make the same figures, in whatever order they came."""

    month: str
    totals: Compared
    hours: tuple[DistrictHours, ...]
    due: Mapping[str, int]
    """Stations due to study, by district; those without any are not in it."""
    participation: tuple[DistrictParticipation, ...]
    top_stations: tuple[StationHours, ...]
    categories: Mapping[StationType, tuple[Viewed, ...]]
    top_courses: tuple[Viewed, ...]
    courses: Mapping[StationType, tuple[Viewed, ...]]
    top_articles: tuple[Viewed, ...]
