"""The clock as a person can tell it, with a phone or at the keyboard."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.clock import BUILT_ON, Clock
from agent.errors import ApiError
from agent.stores.dates.anchors import add_anchor
from agent.stores.dates.moments import anchors_of, trusted_floor
from agent.stores.disk.database import Database, Tables
from study.anchor import Anchor, AnchorSource, best_anchor, from_utc_ms, to_utc_ms
from study.local_api import ClockEntry
from study.month import local
from study.units import LONGEST_MS, Milliseconds

_PHONE_ERROR_MS = Milliseconds(60_000)
_YEARS_AHEAD = 20
"""No box runs the same program for longer."""

_NAMES = {AnchorSource.PLATFORM: "市平台", AnchorSource.NTP: "网络时间服务"}


class ClockTelling(BaseModel):
    """What a phone's clock shows."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    utc_ms: Annotated[int, Field(ge=0, le=LONGEST_MS)]
    source: Literal["phone"] = "phone"


def clock_entry(tables: Tables, clock: Clock) -> ClockEntry:
    """The trustworthy time and who told it."""
    anchor = best_anchor(anchors_of(tables, clock.boot), clock.boot)
    if anchor is None:
        return ClockEntry(utc=None, source="none")
    utc = anchor.at(clock.mono_ms()).isoformat(timespec="milliseconds")
    return ClockEntry(utc=utc, source=anchor.source)


def tell_clock(database: Database, clock: Clock, telling: ClockTelling) -> ClockEntry:
    """Take a person's telling as an anchor of this boot.

    Raises ApiError 409 where a better clock is known, 422 for a time that cannot be now.
    """
    anchor = Anchor(clock.boot, clock.mono_ms(), telling.utc_ms, _PHONE_ERROR_MS, AnchorSource.PHONE)
    with database.writing() as tables:
        held = best_anchor(anchors_of(tables, clock.boot), clock.boot)
        if held is not None and held.source.trust > anchor.source.trust:
            raise ApiError(
                409, "better_clock", f"本机已由{_NAMES[held.source]}对时，比人说的准，不需要再对时"
            )
        _check(tables, anchor)
        add_anchor(tables, anchor)
        return clock_entry(tables, clock)


def _check(tables: Tables, anchor: Anchor) -> None:
    floor_ms = trusted_floor(tables, anchor.boot, anchor.mono_ms) or to_utc_ms(BUILT_ON)
    shown = f"{local(from_utc_ms(anchor.utc_ms)):%Y-%m-%d %H:%M}"
    if anchor.utc_ms + anchor.error_ms < floor_ms:
        least = f"{local(from_utc_ms(floor_ms)):%Y-%m-%d %H:%M}"
        words = f"给出的时间 {shown} 不对：现在不会早于 {least}；请检查手机的日期后再试"
        raise ApiError(422, "implausible", words)
    if anchor.utc_ms > to_utc_ms(BUILT_ON.replace(year=BUILT_ON.year + _YEARS_AHEAD)):
        raise ApiError(422, "implausible", f"给出的时间 {shown} 太远；请检查手机的日期后再试")
