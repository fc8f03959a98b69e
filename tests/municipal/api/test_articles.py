"""The door for articles: headers in pages, bodies and pictures as files."""

from pathlib import Path

import pytest
import requests
from PIL import Image

from municipal.imports.articles import import_articles
from study.article import body_path
from study.article_body import blocks_of, pictures_of
from tests.municipal.city import City

HEADER = "article_id,title,producer,category,topic,published,text"


@pytest.fixture
def stocked(city: City, tmp_path: Path) -> City:
    """Articles 1 to 3 in revision 1."""
    Image.new("RGB", (40, 30)).save(city.media / "a.png")
    (city.media / "a.md").write_text("文\n\n![图](a.png)", encoding="utf-8")
    rows = [f"{number},题{number},农科院,技术,专题,2026-11-0{number},a.md" for number in (1, 2, 3)]
    (tmp_path / "articles.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    import_articles(city.database, tmp_path / "articles.csv", city.media, False, city.clock())
    return city


def ask(city: City, **asked: object) -> requests.Response:
    params = {name: str(value) for name, value in asked.items()}
    return requests.get(city.url + "/v1/articles", params=params, timeout=10)


def test_the_newest_come_first_page_by_page(stocked: City) -> None:
    first = ask(stocked, most=2).json()
    assert [entry["article_id"] for entry in first["articles"]] == ["3", "2"]
    last = ask(stocked, most=2, before=first["next"]).json()
    assert ([entry["article_id"] for entry in last["articles"]], last["next"]) == (["1"], "")
    assert (last["revision"], last["since"], last["full"], last["removed"]) == (1, 0, True, [])


def test_a_header_leads_to_its_body_and_that_to_its_pictures(stocked: City) -> None:
    entry = ask(stocked, most=1).json()["articles"][0]
    body = requests.get(f"{stocked.url}/media/{body_path(entry['body'])}", timeout=10).content
    assert len(body) == entry["bytes"]
    [picture] = pictures_of(blocks_of(body))
    assert len(requests.get(stocked.url + picture.path, timeout=10).content) == picture.bytes
    assert "recording" not in entry


def test_it_is_sent_compressed_to_those_who_can_read_it(stocked: City) -> None:
    assert ask(stocked).headers["Content-Encoding"] == "gzip"
    plain = requests.get(stocked.url + "/v1/articles", headers={"Accept-Encoding": "identity"}, timeout=10)
    assert "Content-Encoding" not in plain.headers
    assert plain.json() == ask(stocked).json()


@pytest.mark.parametrize(
    "asked", [{"since": -1}, {"before": "x"}, {"before": "9" * 61}, {"most": 0}, {"most": 9999}]
)
def test_what_makes_no_sense_is_400(stocked: City, asked: dict[str, object]) -> None:
    assert ask(stocked, **asked).status_code == 400
    assert "code" in ask(stocked, **asked).json()


def test_courses_are_told_without_articles(stocked: City) -> None:
    told = requests.get(stocked.url + "/v1/catalogue", timeout=10).json()
    assert (told["revision"], told["courses"], "articles" in told) == (1, [], False)
