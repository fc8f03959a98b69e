"""The routes of searching."""

from typing import Annotated

from fastapi import Body, FastAPI, Query

from agent.api.documented import answers
from agent.api.parts import Parts
from agent.api.search import forget, keep_search, search, searches
from agent.search.index import FOUND_MAX
from study import search_api
from study.search_api import PAGE_MAX, TYPED_MAX, WORDS_MAX, SearchesReply, SearchReply

_Typed = Annotated[
    str, Query(max_length=TYPED_MAX, description="拼音首字母、全拼、数字键、汉字或制作单位，写了一半也可以")
]
_Offset = Annotated[int, Query(ge=0, le=FOUND_MAX)]
_Limit = Annotated[int, Query(ge=1, le=PAGE_MAX)]
_Words = Annotated[str, Body(embed=True, min_length=1, max_length=WORDS_MAX)]
_Forgotten = Annotated[str | None, Query(max_length=WORDS_MAX, description="不写就是全部")]


def add_search(app: FastAPI, parts: Parts) -> None:
    """As with every route: plain functions, which wait for the disk on worker threads."""

    def found(typed: _Typed, offset: _Offset = 0, limit: _Limit = 20) -> SearchReply:
        return search(parts.database, parts.index, typed, offset, limit)

    def kept() -> SearchesReply:
        with parts.database.reading() as tables:
            return searches(tables)

    def keep(words: _Words) -> SearchesReply:
        return keep_search(parts.database, words)

    def forgotten(words: _Forgotten = None) -> SearchesReply:
        return forget(parts.database, words)

    told = answers(SearchesReply, 422, 507)
    app.add_api_route(search_api.SEARCH, found, response_model=None, responses=answers(SearchReply, 422))
    app.add_api_route(search_api.SEARCHES, kept, response_model=None, responses=answers(SearchesReply))
    app.add_api_route(search_api.SEARCHES, keep, methods=["POST"], response_model=None, responses=told)
    app.add_api_route(search_api.SEARCHES, forgotten, methods=["DELETE"], response_model=None, responses=told)
