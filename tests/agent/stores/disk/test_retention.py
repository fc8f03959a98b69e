"""What was let go stays counted, once."""

from typing import Any

from agent.records.report import Report
from agent.stores.box import enrol
from agent.stores.delivery.outbox import prune, settle, waiting
from agent.stores.disk.database import Database
from agent.stores.disk.retention import prune_details, prune_programmes
from agent.stores.sessions.session_list import last_sessions
from agent.stores.sessions.session_log import add_report
from study.station import Station, StationType
from study.units import StationNumber
from tests.agent.television import Play, report


def take(database: Database, told: dict[str, Any]) -> None:
    with database.writing() as tables:
        add_report(tables, Report.model_validate(told))


def test_what_comes_again_long_after_its_details_were_let_go_counts_no_second_time(
    mirrored: Database,
) -> None:
    """A television that was put away before it heard that its last report had been taken."""
    with mirrored.writing() as tables:
        enrol(tables, Station(StationNumber("1"), "站", "东城区", StationType.VILLAGE), "key-1")
    first, back = Play("p1", "5.1", 1_000), Play("p2", "5.1", 61_000)
    for play in (first, back):
        play.watch(30_000)
        play.leave()
    take(mirrored, report(1, first, back))
    with mirrored.writing() as tables:
        settle(tables, 1, 1, 2, (), 0)
        tables.execute("UPDATE sessions SET opened_utc_ms = 0")
        assert prune_details(tables, 1, 10) == 2
        prune(tables, 1, 2)
    take(mirrored, report(1, first, run_id="forgotten run"))
    with mirrored.reading() as tables:
        assert [row["played_ms"] for row in last_sessions(tables, 10)] == [60_000]
        assert waiting(tables) == 0
    new = Play("p3", "5.1", 5_000_000)
    new.watch(20_000)
    take(mirrored, report(1, new, run_id="run-9"))
    with mirrored.reading() as tables:
        assert [row["played_ms"] for row in last_sessions(tables, 10)] == [20_000, 60_000]


def test_titles_of_programmes_go_with_the_sessions(database: Database) -> None:
    with database.writing() as tables:
        for second in (99, 100, 101):
            tables.execute("INSERT INTO watched_programmes VALUES (?, '节目')", [f"L1@{second}"])
        prune_programmes(tables, 100_000)
        left = [row[0] for row in tables.execute("SELECT item_id FROM watched_programmes")]

    assert left == ["L1@100", "L1@101"]
