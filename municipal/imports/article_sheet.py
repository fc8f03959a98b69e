"""The articles that a CSV file describes, one row each, with their Markdown files."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from municipal.errors import MediaError, RowError
from municipal.imports.article_text import TEXT_BYTES_MAX, blocks_in
from municipal.imports.course_sheet import ENTRY_ID
from municipal.imports.sheet import Row, SetAside, shown
from municipal.media.made_file import put_made
from municipal.media.pictures import make_pictures
from municipal.media.probe import AUDIO_CODECS, inside, probe
from study.article import Article, Recording, body_path
from study.article_body import BODY_BYTES_MAX, Picture, body_bytes
from study.csv_text import decoded
from study.plain_text import plain_line
from study.units import ArticleId

COLUMNS = ("article_id", "title", "producer", "category", "topic", "published", "text")
RECORDING = ("recording", "录音")
"""A further column, by either name: a sound file in which somebody reads the article aloud."""
TEXT_MAX = 200
"""Characters of a title or a name."""

_ELSEWHERE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*:|//)")


@dataclass(frozen=True, slots=True)
class Described:
    """What the rows describe, and rows that made no sense."""

    articles: dict[str, Article]
    set_aside: tuple[SetAside, ...]
    named: frozenset[str]
    """The ids of all rows, of those set aside as well."""
    names_recordings: bool
    """Whether the file has the column; without it an article keeps the recording it has."""


def described(rows: Iterable[Row], folder: Path) -> Described:
    """Read each row's Markdown below `folder` and keep body and pictures there.

    Raises StartError where a recording is to be looked into without ffmpeg.
    """
    articles: dict[str, Article] = {}
    set_aside: list[SetAside] = []
    held = tuple(rows)
    for row in held:
        try:
            article_id = _id_of(row)
            if article_id in articles:
                raise RowError(f"图文“{article_id}”在文件中重复")
            articles[article_id] = _article(row, article_id, folder)
        except (RowError, MediaError) as error:
            set_aside.append(SetAside(row.line, error.words))
    names_recordings = any(name in row.values for row in held for name in RECORDING)
    named = frozenset(row.values["article_id"] for row in held)
    return Described(articles, tuple(set_aside), named, names_recordings)


def _id_of(row: Row) -> ArticleId:
    article_id = row.text("article_id")
    if not ENTRY_ID.fullmatch(article_id):
        raise RowError(f"图文编号“{shown(article_id)}”只能用数字、英文字母、“-”和“_”")
    return ArticleId(article_id)


def _article(row: Row, article_id: ArticleId, folder: Path) -> Article:
    title = _line(row, "title")
    if not title:
        raise RowError("“title”一列为空")
    published_on = _day(row)
    recording = _recording(row, folder)
    body = _body(row, title, folder)
    digest = sha256(body).hexdigest()
    _keep(folder, body_path(digest), body)
    return Article(
        article_id=article_id,
        title=title,
        producer=_line(row, "producer"),
        category=_line(row, "category"),
        topic=_line(row, "topic"),
        published_on=published_on,
        body_sha256=digest,
        body_bytes=len(body),
        recording=recording,
    )


def _keep(folder: Path, path: str, body: bytes) -> None:
    """Named by its content, a whole file of an earlier import is this one: of 100,000 few are new."""
    made = folder / path
    if not made.is_file() or made.stat().st_size != len(body):
        put_made(folder, path, body)


def _line(row: Row, column: str) -> str:
    text = plain_line(row.values[column])
    if len(text) > TEXT_MAX:
        raise RowError(f"“{column}”一列超过 {TEXT_MAX} 字")
    return text


def _day(row: Row) -> date:
    text = row.text("published").replace("/", "-")
    try:
        year, month, day = (int(part) for part in text.split("-"))
        return date(year, month, day)
    except ValueError as error:
        raise RowError(f"“published”一列应形如 2026-11-03，现为“{shown(text)}”") from error


def _body(row: Row, title: str, folder: Path) -> bytes:
    name = row.text("text")
    text = _text_of(inside(folder, name), name)

    def find_picture(source: str, caption: str) -> list[Picture]:
        return _pictures(folder, PurePosixPath(name).parent, source, caption)

    body = body_bytes(blocks_in(text, title, find_picture))
    if len(body) > BODY_BYTES_MAX:
        raise RowError(f"正文“{shown(name)}”太长，请分成几篇")
    return body


def _text_of(file: Path, name: str) -> str:
    if file.stat().st_size > TEXT_BYTES_MAX:
        raise RowError(f"正文“{shown(name)}”超过 {TEXT_BYTES_MAX // 1024} kB，请分成几篇")
    try:
        text = decoded(file.read_bytes())
    except OSError as error:
        raise MediaError(f"正文“{shown(name)}”读不出来（{error.strerror}）") from error
    if text is None:
        raise RowError(f"正文“{shown(name)}”不是文本，请另存为 Markdown 或纯文本")
    return text


def _pictures(folder: Path, beside: PurePosixPath, source: str, caption: str) -> list[Picture]:
    """Of a long one the last piece has the caption."""
    if _ELSEWHERE.match(source):
        raise RowError(f"图片“{shown(source)}”是网址，请把图片放进媒体文件夹")
    made = make_pictures(folder, inside(folder, str(beside / unquote(source))))
    captions = [*("" for _ in made[1:]), caption[:TEXT_MAX]]
    return [
        Picture(f"/media/{each.path}", each.sha256, each.bytes, each.width_px, each.height_px, words)
        for each, words in zip(made, captions, strict=True)
    ]


def _recording(row: Row, folder: Path) -> Recording | None:
    column, name = row.optional(*RECORDING)
    if not name:
        return None
    media = probe(folder, name)
    if media.codec not in AUDIO_CODECS:
        raise RowError(f"“{column}”一列的“{shown(name)}”不是录音，是有画面的视频")
    return Recording(media.path, media.sha256, media.size_bytes, media.length_ms)
