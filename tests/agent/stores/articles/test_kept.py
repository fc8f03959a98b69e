"""What was opened stays readable, within its room; what was opened longest ago goes first."""

import shutil
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from agent.records.article_page import ArticlePage
from agent.settings import Settings
from agent.stores.articles.headers import take_page
from agent.stores.articles.kept import KeptArticles
from agent.stores.disk.database import Database
from study.article import Article
from study.article_body import Paragraph, Picture, body_bytes
from study.units import ArticleId

DATA = b"\xff\xd8\xff picture"
PICTURE = Picture("/media/articles/x.jpg", sha256(DATA).hexdigest(), len(DATA), 4, 3, "")


def made(number: int, text: str = "正文") -> tuple[Article, bytes]:
    body = body_bytes([Paragraph(f"{text}{number}")])
    header = Article(ArticleId(f"a{number}"), "题", "", "", "", date(2026, 11, 3), "", len(body))
    return replace(header, body_sha256=sha256(body).hexdigest()), body


def offer(database: Database, *articles: Article) -> None:
    with database.writing() as tables:
        take_page(tables, ArticlePage(1, 0, True, articles, (), "", ()))


def keep(database: Database, kept: KeptArticles, article: Article, body: bytes) -> None:
    with database.writing() as tables:
        kept.put_body(tables, article, body)


def here(database: Database, kept: KeptArticles, *articles: Article) -> list[bool]:
    with database.reading() as tables:
        return [
            kept.version_of(tables, each.article_id) == each.body_sha256
            and kept.blocks(each.article_id, each.body_sha256) is not None
            for each in articles
        ]


@pytest.fixture
def kept(settings: Settings) -> KeptArticles:
    return KeptArticles(settings.articles_folder, 10_000)


def test_a_body_is_kept_with_its_pictures(database: Database, kept: KeptArticles) -> None:
    article, body = made(1)
    keep(database, kept, article, body)
    with database.writing() as tables:
        kept.put_picture(tables, article.article_id, article.body_sha256, PICTURE, DATA)
    assert kept.blocks(article.article_id, article.body_sha256) == (Paragraph("正文1"),)
    file = kept.picture(article.article_id, article.body_sha256, PICTURE)
    assert file is not None
    assert file.read_bytes() == DATA


def test_a_file_that_was_cut_or_changed_is_not_taken_for_whole(
    database: Database, kept: KeptArticles, settings: Settings
) -> None:
    article, body = made(1)
    keep(database, kept, article, body)
    with database.writing() as tables:
        kept.put_picture(tables, article.article_id, article.body_sha256, PICTURE, DATA)
    for file in settings.articles_folder.rglob("*.*"):
        file.write_bytes(file.read_bytes()[:-1])
    assert kept.blocks(article.article_id, article.body_sha256) is None
    assert kept.picture(article.article_id, article.body_sha256, PICTURE) is None


def test_a_new_version_takes_the_place_of_the_old_one(
    database: Database, kept: KeptArticles, settings: Settings
) -> None:
    (before, old), (after, new) = made(1), made(1, "新文")
    keep(database, kept, before, old)
    keep(database, kept, after, new)
    assert here(database, kept, before, after) == [False, True]
    assert len(list(settings.articles_folder.iterdir())) == 1


def test_what_was_opened_longest_ago_makes_room(database: Database, settings: Settings) -> None:
    held = [made(number) for number in range(4)]
    kept = KeptArticles(settings.articles_folder, 3 * len(held[0][1]))
    for article, body in held[:3]:
        keep(database, kept, article, body)
    with database.writing() as tables:
        kept.note_opened(tables, held[0][0].article_id)
    keep(database, kept, *held[3])
    assert here(database, kept, *(article for article, _ in held)) == [True, False, True, True]
    assert len(list(settings.articles_folder.iterdir())) == 3


def test_what_fits_nowhere_is_not_kept(database: Database, settings: Settings) -> None:
    kept = KeptArticles(settings.articles_folder, 10)
    with pytest.raises(OSError, match="no room"):
        keep(database, kept, *made(1))
    assert here(database, kept, made(1)[0]) == [False]


def test_room_for_records_is_left(
    database: Database, kept: KeptArticles, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "agent.stores.articles.kept._KEPT_FREE_BYTES", shutil.disk_usage(settings.data_folder).free + 2**40
    )
    with pytest.raises(OSError, match="no room"):
        keep(database, kept, *made(1))


def test_records_in_need_get_one_after_the_other(database: Database, kept: KeptArticles) -> None:
    held = [made(number) for number in range(2)]
    for article, body in held:
        keep(database, kept, article, body)
    given = []
    for _ in range(3):
        with database.writing() as tables:
            given.append(kept.give_up_one(tables))
    assert given == [True, True, False]
    assert here(database, kept, *(article for article, _ in held)) == [False, False]


def test_what_is_no_longer_offered_and_what_nothing_names_goes(
    database: Database, kept: KeptArticles, settings: Settings
) -> None:
    held = [made(number) for number in range(2)]
    for article, body in held:
        keep(database, kept, article, body)
    offer(database, held[1][0])
    (settings.articles_folder / "left").mkdir()
    with database.writing() as tables:
        kept.tidy(tables)
    assert here(database, kept, *(article for article, _ in held)) == [False, True]
    assert len(list(settings.articles_folder.iterdir())) == 1
