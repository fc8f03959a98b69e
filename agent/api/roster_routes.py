"""The routes by which the command line has the running agent change its roster."""

from typing import Annotated

from fastapi import Body, FastAPI
from pydantic import BaseModel, ConfigDict, Field

from agent.api.documented import add_route
from agent.api.parts import Parts
from agent.api.rostering import Named, erase, take
from study.group.card import CARD_MAX, CARD_MIN
from study.roster_api import PEOPLE_MAX, ROSTER_ERASURE, ROSTER_IMPORT, ErasureReply, RosterReply
from study.units import LONGEST_MS


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100)]
    card: Annotated[str, Field(min_length=CARD_MIN, max_length=CARD_MAX)]


_People = Annotated[list[_Named], Body(max_length=PEOPLE_MAX)]
_Anew = Annotated[bool, Body()]
_MemberId = Annotated[int, Body(embed=True, ge=1, le=LONGEST_MS)]


def add_roster(app: FastAPI, parts: Parts) -> None:
    """As with every route: plain functions, which wait for the disk on worker threads."""

    def taken(people: _People, anew: _Anew = False) -> RosterReply:
        return take(parts.roster, [Named(one.name, one.card) for one in people], anew=anew)

    def erasure(member_id: _MemberId) -> ErasureReply:
        return erase(parts.roster, member_id)

    add_route(app, "POST", ROSTER_IMPORT, taken, RosterReply, 409, 422, 507)
    add_route(app, "POST", ROSTER_ERASURE, erasure, ErasureReply, 409, 422, 507)
