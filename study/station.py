"""Stations, their types and districts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from study.units import StationNumber


class StationType(StrEnum):
    """What kind of body runs the station; the columns of the bulletin, in its order."""

    VILLAGE = "village"
    COMMUNITY = "community"
    AGENCY = "agency"
    SOE = "soe"
    TWO_NEW = "two_new"


TYPE_NAMES: Mapping[StationType, str] = MappingProxyType(
    {
        StationType.VILLAGE: "农村",
        StationType.COMMUNITY: "社区",
        StationType.AGENCY: "机关事业单位",
        StationType.SOE: "国企",
        StationType.TWO_NEW: "两新",
    }
)


@dataclass(frozen=True, slots=True)
class Station:
    """A place with a television where people study together."""

    number: StationNumber
    name: str
    district: str
    type: StationType
    due: bool = True
    """Due to study 应学: it has a room and working equipment."""
