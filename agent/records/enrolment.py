"""Enrolment: the platform's reply, checked."""

from base64 import b64decode
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field

from agent.errors import NonsenseError
from study.station import Station, StationType
from study.units import StationNumber

_KEY_BYTES = 32

KeyName = Annotated[str, Field(pattern=r"^[!#-\[\]-~]{1,200}$")]
"""What can stand in the quotes of a signature's header, and in one line of a file."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The station this box now is, the name of its key, and the platform's own key."""

    station: Station
    key_id: str
    platform_key: bytes
    """Raw Ed25519 public key: receipts of USB parcels are signed with it."""


class _StationRow(BaseModel):
    number: str = Field(min_length=1, max_length=100)
    name: str = Field(max_length=200)
    district: str = Field(max_length=100)
    type: StationType


class _Reply(BaseModel):
    station: _StationRow
    key_id: KeyName
    platform_key: str


class _PseudonymKey(BaseModel):
    pseudonym_key: str


class _Health(BaseModel):
    platform_key: str


def enrolment_of(reply: object) -> Enrolment:
    """Raises NonsenseError for anything but a whole enrolment."""
    try:
        told = _Reply.model_validate(reply)
        key = _key(told.platform_key)
    except ValueError as error:
        raise NonsenseError("市平台的开通回应无法识别，请稍后再试") from error
    s = told.station
    return Enrolment(Station(StationNumber(s.number), s.name, s.district, s.type), told.key_id, key)


def pseudonym_key_of(reply: object) -> bytes:
    """The station's pseudonym key. Raises NonsenseError."""
    try:
        return _key(_PseudonymKey.model_validate(reply).pseudonym_key)
    except ValueError as error:
        raise NonsenseError("市平台的回应无法识别，稍后自动再试") from error


def platform_key_of(reply: object) -> bytes:
    """The key in what the platform says of its health. Raises NonsenseError."""
    try:
        return _key(_Health.model_validate(reply).platform_key)
    except ValueError as error:
        raise NonsenseError("收到的回应不是市平台发来的，稍后自动再试") from error


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return key
