"""Rankings as the platform last told them, a month each."""

import json
from typing import cast

from sqlite_utils import Database as Tables

from study.city_api import RankingReply


def put_ranking(tables: Tables, ranking: RankingReply) -> None:
    """Keep a month's ranking. Writes only where it says something new."""
    body = json.dumps(ranking, ensure_ascii=False)
    tables.execute(
        "INSERT INTO rankings VALUES (?, ?) ON CONFLICT (month)"
        " DO UPDATE SET body = excluded.body WHERE body <> excluded.body",
        [ranking["month"], body],
    )


def read_ranking(tables: Tables, month: str) -> RankingReply | None:
    """A month's ranking; None while the platform told none."""
    row = tables.execute("SELECT body FROM rankings WHERE month = ?", [month]).fetchone()
    return None if row is None else cast(RankingReply, json.loads(row[0]))
