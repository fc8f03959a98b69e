"""Kept articles: body and pictures of those that were opened, so that they can be read without the network.

```
articles/<article and body>/body.json          one folder for each version of each article
                            <picture's SHA-256>.jpg
```
"""

import errno
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database as Tables

from study.article import Article
from study.article_body import Block, Picture, blocks_of
from study.document import CarriedError
from study.units import ArticleId

log = logging.getLogger(__name__)

_BODY = "body.json"
_NAME_DIGITS = 32
_KEPT_FREE_BYTES = 64 * 1024 * 1024
"""Records must always find room; articles take only what is left beyond this."""


class KeptArticles:
    """The folder with what was read so far; what was opened longest ago makes room for what is opened now."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes
        folder.mkdir(parents=True, exist_ok=True)

    def version_of(self, tables: Tables, article_id: ArticleId) -> str | None:
        """The SHA-256 of the body that is here of an article; None for none."""
        row = tables.execute(
            "SELECT body_sha256 FROM kept_articles WHERE article_id = ?", [article_id]
        ).fetchone()
        return None if row is None else str(row[0])

    def blocks(self, article_id: ArticleId, body_sha256: str) -> tuple[Block, ...] | None:
        """The blocks of that version; None where it is not here, or no longer whole."""
        try:
            body = (self._own_folder(article_id, body_sha256) / _BODY).read_bytes()
            return blocks_of(body) if sha256(body).hexdigest() == body_sha256 else None
        except (OSError, CarriedError):
            return None

    def picture(self, article_id: ArticleId, body_sha256: str, picture: Picture) -> Path | None:
        """The file of a picture; None where it is not here whole."""
        file = self._own_folder(article_id, body_sha256) / _picture_name(picture)
        try:
            return file if file.stat().st_size == picture.bytes else None
        except OSError:
            return None

    def put_body(self, tables: Tables, article: Article, body: bytes) -> None:
        """Keep a body in place of an earlier version. Raises OSError where it does not fit."""
        before = self.version_of(tables, article.article_id)
        self._make_room(tables, article.article_id, len(body))
        _write(self._own_folder(article.article_id, article.body_sha256) / _BODY, body)
        if before is not None and before != article.body_sha256:
            shutil.rmtree(self._own_folder(article.article_id, before), ignore_errors=True)
        tables.execute(
            "INSERT OR REPLACE INTO kept_articles"
            " SELECT ?, ?, ?, coalesce(max(opened), 0) + 1 FROM kept_articles",
            [article.article_id, article.body_sha256, len(body)],
        )

    def put_picture(
        self, tables: Tables, article_id: ArticleId, body_sha256: str, picture: Picture, data: bytes
    ) -> None:
        """Keep a picture of a version that is here. Raises OSError where it does not fit."""
        self._make_room(tables, article_id, len(data))
        _write(self._own_folder(article_id, body_sha256) / _picture_name(picture), data)
        tables.execute(
            "UPDATE kept_articles SET bytes = bytes + ? WHERE article_id = ? AND body_sha256 = ?",
            [len(data), article_id, body_sha256],
        )

    def note_opened(self, tables: Tables, article_id: ArticleId) -> None:
        """It is opened once more: it goes last."""
        tables.execute(
            "UPDATE kept_articles SET opened = (SELECT max(opened) + 1 FROM kept_articles)"
            " WHERE article_id = ? AND opened < (SELECT max(opened) FROM kept_articles)",
            [article_id],
        )

    def give_up_one(self, tables: Tables) -> bool:
        """Let go of the article opened longest ago, for records need the room. False when there is none."""
        return self._give_up_but(tables, ArticleId(""))

    def tidy(self, tables: Tables) -> None:
        """Let go of articles that are no longer offered, and of folders that nothing names."""
        tables.execute(
            "DELETE FROM kept_articles WHERE NOT EXISTS (SELECT 1 FROM articles a"
            " WHERE a.article_id = kept_articles.article_id AND a.gone = 0)"
        )
        rows = tables.execute("SELECT article_id, body_sha256 FROM kept_articles").fetchall()
        named = {self._own_folder(*row) for row in rows}
        for folder in self._folder.iterdir():
            if folder not in named:
                shutil.rmtree(folder, ignore_errors=True)

    def _make_room(self, tables: Tables, for_id: ArticleId, more_bytes: int) -> None:
        while self._lacks(tables, more_bytes):
            if not self._give_up_but(tables, for_id):
                raise OSError(errno.ENOSPC, "no room is left for articles")

    def _lacks(self, tables: Tables, more_bytes: int) -> bool:
        [held] = tables.execute("SELECT coalesce(sum(bytes), 0) FROM kept_articles").fetchone()
        free = shutil.disk_usage(self._folder).free
        return held + more_bytes > self._limit_bytes or free - more_bytes < _KEPT_FREE_BYTES

    def _give_up_but(self, tables: Tables, kept_id: ArticleId) -> bool:
        row = tables.execute(
            "SELECT article_id, body_sha256 FROM kept_articles WHERE article_id <> ? ORDER BY opened LIMIT 1",
            [kept_id],
        ).fetchone()
        if row is None:
            return False
        # The files go before their entry: on a full disk the entry may have to wait.
        shutil.rmtree(self._own_folder(*row), ignore_errors=True)
        tables.execute("DELETE FROM kept_articles WHERE article_id = ?", [row[0]])
        return True

    def _own_folder(self, article_id: str, body_sha256: str) -> Path:
        # No id is a file name of itself: it may be long, or differ from another in case alone.
        return self._folder / sha256(f"{article_id} {body_sha256}".encode()).hexdigest()[:_NAME_DIGITS]


def kept_ids(tables: Tables) -> list[str]:
    """Of which articles there is a body here, offered or not."""
    return [row[0] for row in tables.execute("SELECT article_id FROM kept_articles ORDER BY article_id")]


def kept_among(tables: Tables, article_ids: Sequence[str]) -> set[str]:
    """Those of them of which there is a body here."""
    rows = tables.execute(
        "SELECT article_id FROM json_each(?) wanted CROSS JOIN kept_articles ON article_id = wanted.value",
        [json.dumps(article_ids)],
    )
    return {row[0] for row in rows}


def _picture_name(picture: Picture) -> str:
    return f"{picture.sha256}.jpg"


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all."""
    file.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as out:
        unfinished = Path(out.name)
        try:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
            unfinished.replace(file)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
