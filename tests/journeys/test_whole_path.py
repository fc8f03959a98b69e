"""From a key on the remote control to an hour at the city, everything real."""

import json

from demo.home_screen import HomeScreen
from demo.house import BOX_STATION, House
from demo.operator import Operator, Stopwatch

TOLERANCE_MS = 1_000


def play(operator: Operator, house: House, course: str) -> None:
    operator.wait(lambda: operator.focus.startswith("row:"), "no course on the home screen", 40)
    HomeScreen(operator, house).play_course(course)


def sessions_at_the_city(house: House, month: str) -> list[dict[str, object]]:
    text = house.city_command("sessions", "--station", BOX_STATION, "--month", month, "--json")
    return [entry for entry in json.loads(text)["sessions"] if entry["stands"]]


def test_a_course_watched_with_the_remote_becomes_time_at_the_city(house: House, operator: Operator) -> None:
    watch = Stopwatch()
    play(operator, house, "2")
    watch.runs()
    operator.look_on(5)
    operator.press("space")
    watch.stands()
    operator.look_on(2)
    operator.press("space")
    watch.runs()
    operator.look_on(4)
    operator.press("End")
    watch.stands()
    operator.wait_for_screen("course")
    operator.wait(lambda: house.ask_agent("/v1/status")["waiting"] == 0, "nothing was delivered", 30)

    month = house.ask_agent("/v1/status")["month"]["month"]
    (session,) = house.ask_agent(f"/v1/record?month={month}")["sessions"]
    assert abs(session["played_ms"] - watch.total_ms) < TOLERANCE_MS
    assert session["state"] == "delivered"
    (held,) = sessions_at_the_city(house, month)
    assert held["played_ms"] == session["played_ms"]
    assert held["effective_ms"] == session["effective_ms"]
