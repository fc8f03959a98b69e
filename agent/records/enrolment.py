"""Enrolment: the platform's reply, checked."""

from dataclasses import dataclass

from pydantic import BaseModel, Field, ValidationError

from agent.errors import NonsenseError
from study.station import Station, StationType
from study.units import StationNumber


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The station this box now is, and the name of its key."""

    station: Station
    key_id: str


class _StationRow(BaseModel):
    number: str = Field(min_length=1, max_length=100)
    name: str = Field(max_length=200)
    district: str = Field(max_length=100)
    type: StationType


class _Reply(BaseModel):
    station: _StationRow
    key_id: str = Field(min_length=1, max_length=200)


def enrolment_of(reply: object) -> Enrolment:
    """Raises NonsenseError for anything but a whole enrolment."""
    try:
        told = _Reply.model_validate(reply)
    except ValidationError as error:
        raise NonsenseError("市平台的开通回应无法识别，请稍后再试") from error
    s = told.station
    return Enrolment(Station(StationNumber(s.number), s.name, s.district, s.type), told.key_id)
