"""The demo's articles can be read as they are: every text is named, every picture is one of ours."""

from demo.articles import pictures_in
from demo.artwork import POSTERS
from municipal.imports.article_text import blocks_in
from study.article_body import Heading, Paragraph, Picture, pictures_of
from tests.demo.test_catalogue import CATEGORIES, FOLDER, rows

TEXTS = FOLDER / "texts"


def named(source: str, caption: str) -> list[Picture]:
    return [picture(source, caption)]


def picture(source: str, caption: str) -> Picture:
    return Picture(source, "0" * 64, 1, 1, 1, caption)


def test_every_text_is_named_once_and_every_row_has_its_text() -> None:
    named = [row["text"] for row in rows("articles.csv")]
    assert sorted(named) == sorted(f"texts/{file.name}" for file in TEXTS.glob("*.md"))
    assert len(set(named)) == len(named) >= 12


def test_every_text_is_an_article_with_headings_and_a_picture_that_says_what_it_shows() -> None:
    for row in rows("articles.csv"):
        file = FOLDER / row["text"]
        blocks = blocks_in(file.read_text(encoding="utf-8"), row["title"], named)
        # The heading that repeats the title is left out, so both say the same.
        assert Heading(row["title"], 1) not in blocks, file.name
        assert any(isinstance(block, Heading) for block in blocks)
        assert sum(len(block.text) for block in blocks if isinstance(block, Paragraph)) > 200, file.name
        shown = pictures_of(blocks)
        assert shown
        assert all(each.caption for each in shown)
        assert len(pictures_in(file)) == len(shown)


def test_every_picture_is_a_drawing_that_is_there() -> None:
    names = {name for file in TEXTS.glob("*.md") for name in pictures_in(file)}
    assert {name for name in names if not (POSTERS / f"{name}.svg").exists()} == set()


def test_articles_stand_under_the_topics_of_the_courses() -> None:
    topics = {row["topic"] for row in rows("courses.csv")}
    assert {row["topic"] for row in rows("articles.csv")} <= topics
    assert {row["category"] for row in rows("articles.csv")} <= CATEGORIES | {"生活指南"}
