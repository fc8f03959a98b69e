"""A page of headers is taken as it is meant; one bad row costs itself alone."""

import pytest

from agent.errors import NonsenseError
from agent.records.article_page import article_page_of
from study.article import Recording

ROW = {
    "article_id": "1",
    "title": "发酵床养猪",
    "producer": "农科院",
    "category": "实用技术",
    "topic": "",
    "published_on": "2026-11-03",
    "body": "ab" * 32,
    "bytes": 100,
}
SOUND = {"media": "/media/a%20b.mp3", "sha256": "cd" * 32, "bytes": 9, "length_ms": 5_000}


def page(*rows: object, **more: object) -> dict[str, object]:
    head = {"revision": 3, "since": 0, "full": True, "removed": [], "next": ""}
    return {**head, "articles": list(rows), **more}


def test_a_header_is_read_with_its_recording() -> None:
    [article] = article_page_of(page({**ROW, "recording": SOUND, "later": 1})).articles
    assert (article.title, str(article.published_on)) == ("发酵床养猪", "2026-11-03")
    assert article.recording == Recording("/media/a b.mp3", "cd" * 32, 9, 5_000)


@pytest.mark.parametrize(
    "bad",
    [
        {**ROW, "title": ""},
        {**ROW, "title": "\u202e\x07"},
        {**ROW, "title": "题" * 501},
        {**ROW, "article_id": "a/b"},
        {**ROW, "published_on": "昨天"},
        {**ROW, "body": "../x"},
        {**ROW, "bytes": 2**40},
        {**ROW, "bytes": "many"},
        {key: value for key, value in ROW.items() if key != "body"},
        "row",
        None,
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside_and_the_others_are_taken(bad: object) -> None:
    found = article_page_of(page(bad, ROW))
    assert ([article.article_id for article in found.articles], len(found.unreadable)) == (["1"], 1)
    assert "\n" not in found.unreadable[0]


@pytest.mark.parametrize("bad", [7, {**SOUND, "media": "/../x"}, {**SOUND, "length_ms": 0}])
def test_a_recording_that_cannot_be_read_never_costs_the_article(bad: object) -> None:
    found = article_page_of(page({**ROW, "recording": bad}))
    assert ([article.recording for article in found.articles], len(found.unreadable)) == ([None], 1)


def test_what_only_garbles_does_not_come_onto_the_box() -> None:
    [article] = article_page_of(page({**ROW, "title": "\u202e甜\n瓜 🍈", "producer": "ئۇيغۇر"})).articles
    assert (article.title, article.producer) == ("甜 瓜 🍈", "ئۇيغۇر")


@pytest.mark.parametrize("reply", [None, [], "x", {}, page(next=None), page(articles={}), page(removed=[1])])
def test_a_reply_that_cannot_be_meant_is_nonsense(reply: object) -> None:
    with pytest.raises(NonsenseError):
        article_page_of(reply)
