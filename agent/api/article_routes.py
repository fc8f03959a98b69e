"""The routes of articles: texts with the token, pictures with the media's pass."""

from typing import Annotated

from fastapi import FastAPI, Path
from fastapi.responses import Response

from agent.api.article import PICTURE_TYPE, article_picture, article_reply
from agent.api.documented import WITHOUT_TOKEN, answers, errors, files
from agent.api.parts import Parts
from study.article_api import ARTICLES, ArticleReply
from study.units import ArticleId

_Id = Annotated[str, Path(min_length=1, max_length=200)]
_Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


def add_articles(app: FastAPI, parts: Parts) -> None:
    """As with every route: plain functions, which wait for disk and network on worker threads."""

    def article(article_id: _Id) -> ArticleReply:
        return article_reply(parts, ArticleId(article_id))

    def picture(media_pass: _Id, article_id: _Id, digest: _Digest) -> Response:
        return article_picture(parts, media_pass, ArticleId(article_id), digest)

    add = app.add_api_route
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
