"""Import of articles, one row each, into the catalogue's next revision."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from municipal.database import Database
from municipal.imports.article_sheet import COLUMNS, Described, described
from municipal.imports.sheet import read_sheet
from municipal.imports.summary import Summary
from municipal.stores.articles import all_articles, put_article, remove_article
from municipal.stores.catalogue import open_revision
from study.anchor import to_utc_ms
from study.article import Article


def import_articles(database: Database, path: Path, folder: Path, whole: bool, now: datetime) -> Summary:
    """Add or change the articles of a CSV file; with `whole` those it does not name are removed.

    What changed makes one new revision. Raises FileError, StorageError; StartError without ffmpeg where
    a row names a recording.
    """
    sheet = read_sheet(path, COLUMNS)
    found = described(sheet.rows, folder)
    with database.writing() as connection:
        before = all_articles(connection)
        after = [_joined(before.get(name), article, found) for name, article in found.articles.items()]
        different = [article for article in after if before.get(article.article_id) != article]
        gone = [name for name in before if whole and name not in found.named]
        revision = None
        if different or gone:
            revision = open_revision(connection, path.name, to_utc_ms(now))
            for article in different:
                put_article(connection, article, revision)
            for name in gone:
                remove_article(connection, name, revision)
    new = sum(article.article_id not in before for article in different)
    unchanged = len(found.articles) - len(different)
    set_aside = (*sheet.set_aside, *found.set_aside)
    return Summary(new, len(different) - new, unchanged, len(gone), set_aside, revision)


def _joined(before: Article | None, article: Article, found: Described) -> Article:
    if before is None or found.names_recordings:
        return article
    return replace(article, recording=before.recording)
