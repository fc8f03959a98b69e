"""The sessions behind a station's figure: all of them, each with what became of it."""

import json
from datetime import date

from municipal.intake.taking import take_in
from municipal.report import draw_report
from municipal.report_text import as_text as report_as_text
from municipal.sessions import as_json, as_text, station_sessions
from municipal.stores.articles import put_article
from municipal.stores.catalogue import open_revision
from study.article import Article
from study.record import AnchorRecord
from study.rules import Kind
from study.units import ArticleId, Seq
from tests.municipal.box import MINUTE, anchor, runs_of, study
from tests.municipal.city import START


def delivered(database, *records: AnchorRecord) -> None:
    for run in runs_of("V1", records):
        take_in(database, run, None, START)


def test_the_sessions_that_stand_add_up_to_the_report(database):
    again = study(4, 40 * MINUTE, replaces=Seq(2), reason="continued")
    live = study(5, 20 * MINUTE, 0, kind=Kind.LIVE, item_id="L1", covered=())
    delivered(database, anchor(1), study(2), study(3, 10 * MINUTE), again, live)
    with database.reading() as connection:
        sessions = station_sessions(connection, "V1", "2026-11")
        drawn = draw_report(connection, "2026-11")
    assert [(s.seq, s.stands, s.counted) for s in sessions] == [
        (2, False, True),
        (4, True, True),
        (3, True, False),
        (5, True, True),
    ]
    assert sum(s.effective_ms for s in sessions if s.stands) == drawn.city.total_ms == 60 * MINUTE
    assert json.loads(as_json(sessions))["sessions"][0]["started_at"] == "2026-11-10T14:00:00+08:00"


def test_a_correction_is_shown_with_who_made_it_and_why(database):
    struck = study(3, 0, replaces=Seq(2), reason="corrected 张三: 没有人在场", covered=())
    delivered(database, anchor(1), study(2), struck)
    with database.reading() as connection:
        sessions = station_sessions(connection, "V1", "2026-11")
    assert [(s.stands, s.effective_ms, s.reason) for s in sessions] == [
        (False, 30 * MINUTE, ""),
        (True, 0, "corrected 张三: 没有人在场"),
    ]
    assert "已更正（张三: 没有人在场）" in as_text(sessions)


def test_the_table_says_why_a_session_does_not_count(database):
    delivered(database, anchor(1), study(2, 10 * MINUTE), study(3, replaces=Seq(2), reason="continued"))
    with database.reading() as connection:
        text = as_text(station_sessions(connection, "V1", "2026-11"))
        none = as_text(station_sessions(connection, "V1", "2026-12"))
    assert "11-10 14:00  点播" in text
    assert "已被后来的记录替换" in text
    assert "0.50" in text
    assert none == "这个月没有学习记录。\n"


def test_readings_are_named_and_stand_apart_from_the_hours(database):
    article = Article(ArticleId("5"), "冬季养猪", "", "", "", date(2026, 11, 3), "ab" * 32, 9)
    with database.writing() as connection:
        put_article(connection, article, open_revision(connection, "test", 0))
    read = study(3, 5 * MINUTE, 0, kind=Kind.ARTICLE, item_id="article:5", covered=())
    again = study(4, 8 * MINUTE, 0, kind=Kind.ARTICLE, item_id="article:5", replaces=Seq(3), covered=())
    delivered(database, anchor(1), study(2), read, again)
    with database.reading() as connection:
        text = as_text(station_sessions(connection, "V1", "2026-11"))
        drawn = draw_report(connection, "2026-11")
    assert "图文    冬季养猪  0.13            0.00            这种学习方式不计学时" in text
    assert (drawn.records, drawn.counted, drawn.replaced, drawn.readings) == (1, 1, 0, 1)
    assert drawn.city.total_ms == 30 * MINUTE
    assert "阅读图文 1 次，不计学时。" in report_as_text(drawn)
