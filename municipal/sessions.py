"""The sessions of one station in a month: what the figures of the report are made of."""

import json
from dataclasses import asdict, dataclass

from tabulate import tabulate

from municipal.database import Connection, select
from municipal.stores.articles import article_titles
from municipal.tables import channels, courses, records
from study.anchor import from_utc_ms
from study.article import reading_of
from study.course import course_of
from study.month import local
from study.participation import hours
from study.record import correction_in, reason_in
from study.rules import WORDS, Kind, Why
from study.units import ArticleId, ItemId, Milliseconds

_KINDS = {Kind.VOD: "点播", Kind.LIVE: "直播", Kind.ARTICLE: "图文"}
_DAY_UNKNOWN = "日期不详"


@dataclass(frozen=True, slots=True)
class HeldSession:
    """One study record as the platform holds it; `stands` is false once another record replaced it."""

    epoch: str
    seq: int
    item_id: str
    title: str
    kind: str
    started_at: str | None
    """Local time; None where only the month is known."""
    played_ms: int
    covered_ms: int
    length_ms: int
    effective_ms: int
    counted: bool
    why: str
    stands: bool
    reason: str
    """Why it replaces another: "continued", "joined", or "corrected" with who did it and why."""


def station_sessions(connection: Connection, station: str, month: str) -> list[HeldSession]:
    """Every study record of a station whose session began in the month, oldest first.

    Those of which only the month is known come last.
    """
    table = records.c
    query = (
        select(records)
        .where((table.record_kind == "study") & (table.station == station) & (table.month == month))
        .order_by(table.started_at_ms.is_(None), table.started_at_ms, table.epoch, table.seq)
    )
    titles = titles_by_item(connection)
    return [
        HeldSession(
            epoch=row.epoch,
            seq=row.seq,
            item_id=row.item_id,
            title=titles.get(course_of(ItemId(row.item_id)), row.item_id),
            kind=row.kind,
            started_at=local_text(row.started_at_ms),
            played_ms=row.played_ms,
            covered_ms=row.covered_ms,
            length_ms=row.length_ms,
            effective_ms=row.effective_ms,
            counted=row.counted,
            why=row.why,
            stands=row.stands,
            reason=reason_in(row.content),
        )
        for row in connection.execute(query)
    ]


def as_json(sessions: list[HeldSession]) -> str:
    """All fields, exact milliseconds."""
    return (
        json.dumps({"sessions": [asdict(session) for session in sessions]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def as_text(sessions: list[HeldSession]) -> str:
    """A table that a person reads."""
    if not sessions:
        return "这个月没有学习记录。\n"
    heading = ["开始", "方式", "课程", "学习（小时）", "有效（小时）", "说明"]
    rows = [
        [
            _DAY_UNKNOWN if session.started_at is None else session.started_at[5:16].replace("T", " "),
            _KINDS[Kind(session.kind)],
            session.title,
            hours(Milliseconds(session.played_ms)),
            hours(Milliseconds(session.effective_ms)),
            _said_of(session),
        ]
        for session in sessions
    ]
    return tabulate(rows, heading, tablefmt="simple", disable_numparse=True) + "\n"


def _said_of(session: HeldSession) -> str:
    if not session.stands:
        return "已被后来的记录替换"
    words = WORDS[Why(session.why)]
    if not (correction := correction_in(session.reason)):
        return words
    return f"{words}；已更正（{correction}）"


def local_text(utc_ms: int | None) -> str | None:
    """ISO 8601 in the station's local time; None for none."""
    return None if utc_ms is None else local(from_utc_ms(utc_ms)).isoformat()


def titles_by_item(connection: Connection) -> dict[str, str]:
    """Titles by the ids that records name, those no longer published too."""
    of_courses = connection.execute(select(courses.c.course_id, courses.c.title))
    of_channels = connection.execute(select(channels.c.channel_id, channels.c.title))
    named = {str(name): str(title) for name, title in (*of_courses, *of_channels)}
    of_articles = article_titles(connection)
    return named | {reading_of(ArticleId(name)): title for name, title in of_articles.items()}
