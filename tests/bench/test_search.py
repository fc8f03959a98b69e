"""What bench/search.py puts to the box, and what it makes of the times."""

from itertools import islice
from pathlib import Path

import pytest

from bench import search
from bench.search import Peer, keystrokes, p95
from bench.titles import ARTICLES, COURSES, FIRST, article_titles, course_titles


def test_the_catalogue_is_as_large_as_the_real_one_and_the_same_at_every_run() -> None:
    assert (len(list(course_titles())), len(list(article_titles()))) == (COURSES, ARTICLES)
    assert tuple(islice(course_titles(), 2)) == FIRST
    assert list(islice(article_titles(), 50)) == list(islice(article_titles(), 50))


def test_every_key_of_a_search_is_one_search() -> None:
    typed = keystrokes()
    assert {"f", "fj", "fjc", "zwly", "3", "35", "352", "西", "西瓜"} <= set(typed)
    assert len(typed) == len(set(typed))


def test_the_peer_finds_what_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "article_titles", lambda: iter(()))
    monkeypatch.setattr(search, "course_titles", lambda: islice(course_titles(), 50))
    peer = Peer(tmp_path / "peer.db")
    assert [peer.search(typed)[0] for typed in ("fjc", "352", "zwly", "礼仪")] == [1, 1, 2, 2]
    peer.close()


def test_p95_is_what_nineteen_of_twenty_stay_below() -> None:
    assert p95(range(1, 101)) == pytest.approx(95.05)
