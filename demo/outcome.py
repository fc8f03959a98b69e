"""Gathers the report's figures from where they are kept: the box, the city, and the television's events."""

import json
from typing import Any

from demo.events import EventFile
from demo.house import BOX_STATION, House
from demo.operator import Operator
from demo.report import session_lines
from demo.story import Evening


def gathered(house: House, evening: Evening, operator: Operator) -> dict[str, Any]:
    """The report of one evening, as build/demo/report.json holds it."""
    month = house.ask_agent("/v1/status")["month"]["month"]
    own = house.ask_agent(f"/v1/record?month={month}")
    of_month = ("--month", month, "--json")
    groups = json.loads(house.city_command("groups", "--station", BOX_STATION, *of_month))["groups"]
    offline = json.loads(house.city_command("offline", "list", *of_month))["offline"]
    citys = json.loads(house.city_command("sessions", "--station", BOX_STATION, *of_month))
    city = json.loads(house.city_command("report", *of_month))
    standing = [entry for entry in citys["sessions"] if entry["stands"]]
    events = EventFile(house.events)
    sessions = session_lines(own["sessions"], standing)
    return {
        "month": month,
        "sessions": sessions,
        "platform": {
            "records": city["records"] - city["replaced"],
            "replaced": city["replaced"],
            "duplicates": city["duplicates"],
            "effective_ms": city["city"]["total"],
            "hours": city["districts"],
        },
        "groups": {
            "keys_to_begin": evening.together.keys_to_begin,
            "people": evening.together.people,
            "held": [_group(one) for one in groups if one["stands"]],
        },
        "lectures": [one["title"] for one in offline if one["stands"] and one["approved"] is None],
        "offline": {
            "sessions": evening.waiting_while_down,
            "delivered_after": evening.waiting_while_down
            if house.ask_agent("/v1/status")["waiting"] == 0
            else 0,
        },
        "frames": _frames(events),
        "keys": {
            "sent": operator.sent,
            "answered": sum(1 for event in events.presses() if event["action"] is not None),
        },
        "screens": operator.screens,
    }


def _group(held: dict[str, Any]) -> dict[str, Any]:
    return {name: held[name] for name in ("kind", "theme", "items", "people", "effective_ms", "person_ms")}


def _frames(events: EventFile) -> dict[str, int]:
    told = [event["frames"] for event in events.of("frames")]
    return {name: sum(frames[name] for frames in told) for name in ("shown", "lost")}
