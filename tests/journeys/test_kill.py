"""SIGKILL of agent and television while a course plays: at most 10 s missing, nothing doubled."""

import json
from pathlib import Path

from demo.house import House
from demo.operator import Operator, Stopwatch
from tests.journeys.test_whole_path import play, sessions_at_the_city

LOST_MS_MAX = 10_000
EARLY_MS = 1_000
"""The stopwatch starts only when the picture was seen to move, so the record may be a little longer."""
SILENT_S = 45
FIGURES = Path(__file__).parents[2] / "build" / "journeys" / "kill.json"


def test_killing_agent_and_television_loses_at_most_ten_seconds(house: House, operator: Operator) -> None:
    watch = Stopwatch()
    play(operator, house, "1")
    watch.runs()
    operator.look_on(8)
    house.agent.kill()
    operator.look_on(6)
    house.start_agent()
    operator.look_on(15)
    after_agent = _the_session(house)
    missing_after_agent = watch.total_ms - after_agent["played_ms"]
    house.tv.kill()
    watch.stands()
    operator.wait(lambda: _the_session(house)["state"] == "delivered", "not closed and delivered", SILENT_S)

    session = _the_session(house)
    (held,) = sessions_at_the_city(house, house.ask_agent("/v1/status")["month"]["month"])
    missing = watch.total_ms - session["played_ms"]
    _tell({"seen_ms": watch.total_ms, "recorded_ms": session["played_ms"], "missing_ms": missing})
    assert -EARLY_MS <= missing_after_agent <= LOST_MS_MAX
    assert -EARLY_MS <= missing <= LOST_MS_MAX
    assert held["played_ms"] == session["played_ms"]


def _the_session(house: House) -> dict[str, int]:
    month = house.ask_agent("/v1/status")["month"]["month"]
    (session,) = house.ask_agent(f"/v1/record?month={month}")["sessions"]
    return session


def _tell(figures: dict[str, int]) -> None:
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(json.dumps(figures) + "\n", encoding="utf-8")
