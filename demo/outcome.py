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


def _frames(events: EventFile) -> dict[str, int]:
    told = [event["frames"] for event in events.of("frames")]
    return {name: sum(frames[name] for frames in told) for name in ("shown", "lost")}
