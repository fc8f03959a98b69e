"""Replies of the platform to records and ranking calls, checked for form."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from agent.errors import NonsenseError
from agent.records.enrolment import KeyName
from study.city_api import OfflineStandingEntry, RankingReply, RankingRow, RecordsReply, RefusalEntry

_WHOLE_MAX = 2**53
_Text = Annotated[str, Field(max_length=500)]
"""With a limit it is also known to be text that can be stored."""
_NOT_MEANT = "收到的回应不是市平台发来的，稍后自动再试"


class _Refusal(BaseModel):
    seq: int = Field(ge=1, lt=_WHOLE_MAX)
    code: str = Field(max_length=200)
    words: str = Field(max_length=2_000)


class _Records(BaseModel):
    high_water: int = Field(ge=0, lt=_WHOLE_MAX)
    refusals: list[_Refusal] = Field(max_length=10_000)
    time: _Text
    call_again_s: int = Field(ge=0, lt=_WHOLE_MAX)


class _Key(BaseModel):
    key_id: KeyName


class _Rank(BaseModel):
    rank: int = Field(ge=1, lt=_WHOLE_MAX)
    number: _Text
    station: _Text
    effective_ms: int = Field(ge=0, lt=_WHOLE_MAX)


class _Ranking(BaseModel):
    district: _Text
    month: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]
    stations: int = Field(ge=0, lt=_WHOLE_MAX)
    rows: list[_Rank] = Field(max_length=100_000)


class _OfflineStanding(BaseModel):
    epoch: _Text
    seq: int = Field(ge=1, lt=_WHOLE_MAX)
    standing: Literal["approved", "returned"]
    words: _Text
    decided_utc_ms: int = Field(ge=0, lt=_WHOLE_MAX)


class _OfflineStandings(BaseModel):
    standings: list[_OfflineStanding] = Field(max_length=10_000)


def standings_of(reply: object) -> list[OfflineStandingEntry]:
    """Raises NonsenseError."""
    try:
        told = _OfflineStandings.model_validate(reply).standings
    except ValidationError as error:
        raise NonsenseError(_NOT_MEANT) from error
    return [
        OfflineStandingEntry(
            epoch=one.epoch,
            seq=one.seq,
            standing=one.standing,
            words=one.words,
            decided_utc_ms=one.decided_utc_ms,
        )
        for one in told
    ]


def records_reply_of(reply: object) -> RecordsReply:
    """Raises NonsenseError, so that a captive portal's 200 never passes for a delivery."""
    try:
        told = _Records.model_validate(reply)
    except ValidationError as error:
        raise NonsenseError(_NOT_MEANT) from error
    return RecordsReply(
        high_water=told.high_water,
        refusals=[RefusalEntry(seq=r.seq, code=r.code, words=r.words) for r in told.refusals],
        time=told.time,
        call_again_s=told.call_again_s,
    )


def key_id_of(reply: object) -> str:
    """Raises NonsenseError."""
    try:
        return _Key.model_validate(reply).key_id
    except ValidationError as error:
        raise NonsenseError(_NOT_MEANT) from error


def ranking_of(reply: object) -> RankingReply:
    """Raises NonsenseError."""
    try:
        told = _Ranking.model_validate(reply)
    except ValidationError as error:
        raise NonsenseError(_NOT_MEANT) from error
    rows = [
        RankingRow(rank=r.rank, number=r.number, station=r.station, effective_ms=r.effective_ms)
        for r in told.rows
    ]
    return RankingReply(district=told.district, month=told.month, stations=told.stations, rows=rows)
