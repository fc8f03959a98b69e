"""The routes by which courses and articles are browsed."""

from typing import Annotated

from fastapi import FastAPI, Query

from agent.api.documented import answers
from agent.api.listings import all_listings, listing_page
from agent.api.parts import Parts
from study import listing_api
from study.listing_api import ListingOrder, ListingsReply, PageReply

_PLACES_MAX = 1_000_000
_TILES_MAX = 200

_NAMES = "all、category:…、topic:…；图文是 articles、articles:category:…"
_Listing = Annotated[str, Query(min_length=1, max_length=600, description=_NAMES)]
_First = Annotated[int, Query(ge=0, le=_PLACES_MAX)]
_Count = Annotated[int, Query(ge=1, le=_TILES_MAX)]
_Around = Annotated[str | None, Query(max_length=200, description="要含有这门课程或这篇图文的那一页")]


def add_listings(app: FastAPI, parts: Parts) -> None:
    """As with every route: plain functions, which wait for the disk on worker threads."""

    def listings() -> ListingsReply:
        with parts.database.reading() as tables:
            return all_listings(tables)

    def page(
        listing: _Listing, order: ListingOrder, first: _First, count: _Count, around: _Around = None
    ) -> PageReply:
        with parts.database.reading() as tables:
            return listing_page(tables, listing, order, first, count, around)

    app.add_api_route(listing_api.LISTINGS, listings, response_model=None, responses=answers(ListingsReply))
    app.add_api_route(listing_api.LISTING_PAGE, page, response_model=None, responses=answers(PageReply, 422))
