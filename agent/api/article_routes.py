"""The routes of articles: lists and texts with the token, pictures with the media's pass."""

from typing import Annotated

from fastapi import FastAPI, Path, Query
from fastapi.responses import Response

from agent.api.article import PICTURE_TYPE, article_picture, article_reply
from agent.api.articles import COUNT_MAX, Wanted, article_groups, article_list
from agent.api.documented import WITHOUT_TOKEN, answers, errors, files
from agent.api.parts import Parts
from study.article_api import (
    ARTICLE_GROUPS,
    ARTICLES,
    ArticleGroupsReply,
    ArticleReply,
    ArticlesReply,
)
from study.units import ArticleId

_Id = Annotated[str, Path(min_length=1, max_length=200)]
_Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
_Name = Annotated[str, Query(max_length=500)]
_First = Annotated[int, Query(ge=0, le=10_000_000)]
_Count = Annotated[int, Query(ge=1, le=COUNT_MAX)]
_Around = Annotated[str | None, Query(max_length=200, description="要含有这篇图文的那一页")]


def add_articles(app: FastAPI, parts: Parts) -> None:
    """As with every route: plain functions, which wait for disk and network on worker threads."""

    def articles(
        topic: _Name = "", category: _Name = "", first: _First = 0, count: _Count = 60, around: _Around = None
    ) -> ArticlesReply:
        wanted = Wanted(topic, category, first, count, None if around is None else ArticleId(around))
        with parts.database.reading() as tables:
            return article_list(tables, parts.kept_articles, wanted)

    def groups() -> ArticleGroupsReply:
        with parts.database.reading() as tables:
            return article_groups(tables)

    def article(article_id: _Id) -> ArticleReply:
        return article_reply(parts, ArticleId(article_id))

    def picture(media_pass: _Id, article_id: _Id, digest: _Digest) -> Response:
        return article_picture(parts, media_pass, ArticleId(article_id), digest)

    add = app.add_api_route
    add(ARTICLES, articles, response_model=None, responses=answers(ArticlesReply, 422))
    add(ARTICLE_GROUPS, groups, response_model=None, responses=answers(ArticleGroupsReply))
    add(
        ARTICLES + "/{article_id}",
        article,
        response_model=None,
        responses=answers(ArticleReply, 404, 422, 502),
    )
    add(
        "/media/{media_pass}/articles/{article_id}/{digest}",
        picture,
        response_class=Response,
        openapi_extra=dict(WITHOUT_TOKEN),
        responses=files(200, PICTURE_TYPE) | errors(404, 422, 502),
    )
