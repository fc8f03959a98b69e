"""One article: from the box where it was opened before, else from the city, and then kept."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from fastapi.responses import FileResponse, Response

from agent.api.media import check_pass
from agent.api.parts import Parts
from agent.errors import ApiError, CityError, NoAnswerError, NonsenseError, StoreError, cause
from agent.settings import HOST
from agent.stores.articles.headers import read_article
from agent.stores.courses.covers import media_type
from agent.stores.delivery.outbox import note_online
from study.article import Article, body_path, reading_of
from study.article_api import ArticleReply, BlockEntry, RecordingEntry
from study.article_body import BODY_BYTES_MAX, Block, Heading, Paragraph, Picture, blocks_of, pictures_of
from study.document import CarriedError
from study.units import ArticleId

log = logging.getLogger(__name__)

PICTURE_TYPE = "image/jpeg"

_READ_BEFORE = "读过的图文照常能看"
_NO_PICTURE = "这张图片暂时看不了；文字照常能看"


@dataclass(frozen=True, slots=True)
class _Version:
    """The version of an article that is at hand."""

    body_sha256: str
    blocks: tuple[Block, ...]


def article_reply(parts: Parts, article_id: ArticleId) -> ArticleReply:
    """Raises ApiError 404 for an article that is not offered; 503 or 502 when it is neither here nor to be
    had.
    """
    with parts.database.reading() as tables:
        article = read_article(tables, article_id)
        here = parts.kept_articles.version_of(tables, article_id)
    if article is None:
        raise ApiError(404, "unknown_article", "没有这篇图文，可能已经下架")
    version = _held(parts, article_id, here)
    if version is None or version.body_sha256 != article.body_sha256:
        try:
            version = _fetched(parts, article)
        except ApiError:
            if version is None:
                raise
    _note_opened(parts, article_id)
    recording = article.recording
    return ArticleReply(
        id=article_id,
        item_id=reading_of(article_id),
        title=article.title,
        producer=article.producer,
        category=article.category,
        topic=article.topic,
        published_on=article.published_on.isoformat(),
        blocks=[_entry(parts, article_id, block) for block in version.blocks],
        recording=None
        if recording is None
        else RecordingEntry(url=_url(parts, recording.path), length_ms=recording.length_ms),
        is_newest=version.body_sha256 == article.body_sha256,
    )


def article_picture(parts: Parts, media_pass: str, article_id: ArticleId, digest: str) -> Response:
    """A picture of the version that is on the box; it stays there.

    Raises ApiError 404 for a wrong pass or a picture that this article has not; 502 or 503 when it is
    neither here nor to be had.
    """
    check_pass(parts, media_pass)
    with parts.database.reading() as tables:
        here = parts.kept_articles.version_of(tables, article_id)
    version = _held(parts, article_id, here)
    named = () if version is None else pictures_of(version.blocks)
    picture = next((each for each in named if each.sha256 == digest), None)
    if version is None or picture is None:
        raise ApiError(404, "no_picture", _NO_PICTURE)
    file = parts.kept_articles.picture(article_id, version.body_sha256, picture)
    if file is not None:
        return FileResponse(file, media_type=PICTURE_TYPE)
    data = _from_city(parts, picture.path, picture.bytes, _NO_PICTURE)
    if sha256(data).hexdigest() != digest or media_type(data) != PICTURE_TYPE:
        log.warning("picture %s of article %s is another one", picture.path, article_id)
        raise ApiError(502, "no_picture", _NO_PICTURE)
    try:
        with parts.database.writing() as tables:
            parts.kept_articles.put_picture(tables, article_id, version.body_sha256, picture, data)
    except (OSError, StoreError) as error:
        log.warning("picture %s not kept: %s", picture.path, _reason(error))
    return Response(data, media_type=PICTURE_TYPE)


def _held(parts: Parts, article_id: ArticleId, body_sha256: str | None) -> _Version | None:
    if body_sha256 is None:
        return None
    blocks = parts.kept_articles.blocks(article_id, body_sha256)
    return None if blocks is None else _Version(body_sha256, blocks)


def _fetched(parts: Parts, article: Article) -> _Version:
    path = f"/media/{body_path(article.body_sha256)}"
    data = _from_city(parts, path, BODY_BYTES_MAX, f"这篇图文还没有下载到本机；{_READ_BEFORE}")
    try:
        if sha256(data).hexdigest() != article.body_sha256:
            raise ApiError(502, "no_body", f"市平台给出的这篇图文不完整，请稍后再试；{_READ_BEFORE}")
        version = _Version(article.body_sha256, blocks_of(data))
    except CarriedError as error:
        log.warning("article %s cannot be read: %s", article.article_id, error)
        raise ApiError(502, "no_body", f"这篇图文的内容本机读不懂，可能要升级程序；{_READ_BEFORE}") from error
    try:
        with parts.database.writing() as tables:
            parts.kept_articles.put_body(tables, article, data)
    except (OSError, StoreError) as error:
        log.warning("article %s not kept: %s", article.article_id, _reason(error))
    return version


def _from_city(parts: Parts, path: str, bytes_max: int, otherwise: str) -> bytes:
    """Raises ApiError in words that end as the caller says."""
    try:
        return parts.relay.fetch(path, bytes_max)
    except NoAnswerError as error:
        with parts.database.writing() as tables:
            note_online(tables, False)
        raise ApiError(503, "not_on_box", f"网络不通，{otherwise}") from error
    except NonsenseError as error:
        words = f"网络通了，但应答的不是市平台，可能要先登录网络；{otherwise}"
        raise ApiError(503, "not_on_box", words) from error
    except CityError as error:
        log.warning("%s not given: %s", path, error.words)
        raise ApiError(502, "not_given", f"市平台没有给出内容，请稍后再试；{otherwise}") from error


def _note_opened(parts: Parts, article_id: ArticleId) -> None:
    try:
        with parts.database.writing() as tables:
            parts.kept_articles.note_opened(tables, article_id)
    except StoreError as error:
        # A full disk is no reason not to show what was read.
        log.warning("opening of article %s not noted: %s", article_id, error.words)


def _entry(parts: Parts, article_id: ArticleId, block: Block) -> BlockEntry:
    match block:
        case Heading(text, level):
            return BlockEntry(kind="heading", text=text, level=level, url="", width_px=0, height_px=0)
        case Paragraph(text):
            return BlockEntry(kind="paragraph", text=text, level=0, url="", width_px=0, height_px=0)
        case Picture():
            return BlockEntry(
                kind="picture",
                text=block.caption,
                level=0,
                url=_url(parts, f"/articles/{article_id}/{block.sha256}"),
                width_px=block.width_px,
                height_px=block.height_px,
            )


def _url(parts: Parts, path: str) -> str:
    return f"http://{HOST}:{parts.settings.port}/media/{parts.media_pass}{quote(path)}"


def _reason(error: OSError | StoreError) -> str:
    return cause(error) if isinstance(error, OSError) else error.words
