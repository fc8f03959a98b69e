"""The television sees channels with what is on, a window of the guide, and is reminded in time."""

from pathlib import Path
from typing import Any

import pytest

from agent.records.channel_list import channels_in
from agent.records.validators import Validators
from agent.stores.guide.building import build_guide
from agent.stores.guide.line_up import put_list
from study.units import HOUR_MS, MINUTE_MS
from tests.agent.api.served import Agent
from tests.agent.stores.guide.told import SEVEN_MS, WINDOW, channel, programme
from tests.agent.television import Play, report
from tests.fakes.fake_clock import FakeClock

SOURCE = "/etc/guide.xml"
SHOWN = ((0, 80, "冬小麦"), (80, 125, "甜瓜"), (180, 240, "夜校"))
WHEAT = f"L1@{SEVEN_MS // 1000}"
MELONS = f"L1@{SEVEN_MS // 1000 + 80 * 60}"


@pytest.fixture
def guide_sources() -> tuple[str, ...]:
    return (SOURCE,)


def tell(agent: Agent, *shown: tuple[int, int, str]) -> None:
    """The guide is this from now on."""
    told = [channel("L1", "台"), *(programme(*each, "L1") for each in shown)]
    build_guide(agent.parts.guides.file(SOURCE), iter(told), WINDOW, Validators(), lambda: True)


@pytest.fixture
def told(agent: Agent) -> Agent:
    """The platform's channel L1 by its own id, and two of the station's own without a guide."""
    tell(agent, *SHOWN)
    text = "#EXTM3U\n#EXTINF:-1,甲\nhttp://10.0.0.1/1\n#EXTINF:-1,乙\nhttp://10.0.0.1/2\n"
    with agent.database.writing() as tables:
        put_list(tables, "/etc/a.m3u", 0, channels_in([text]).channels, Validators())
    return agent


def set_clock(agent: Agent, minute: int) -> None:
    """It is so many minutes after seven."""
    body = {"utc_ms": SEVEN_MS + minute * MINUTE_MS, "source": "phone"}
    agent.call("POST", "/v1/clock", json=body).raise_for_status()


def get(agent: Agent, path: str) -> dict[str, Any]:
    answer = agent.get(path)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def test_channels_come_by_number_with_what_is_on_and_next(told: Agent) -> None:
    set_clock(told, 32)

    found = get(told, "/v1/channels")

    assert found["now_utc_ms"] == SEVEN_MS + 32 * MINUTE_MS
    assert [(each["number"], each["has_guide"]) for each in found["channels"]] == [
        (1, True),
        (2, False),
        (3, False),
    ]
    first = found["channels"][0]
    assert (first["now"]["title"], first["next"]["title"]) == ("冬小麦", "甜瓜")
    assert first["now"]["item_id"] == WHEAT
    assert (found["channels"][1]["now"], found["channels"][1]["next"]) == (None, None)


def test_time_goes_on_between_two_looks(told: Agent, clock: FakeClock) -> None:
    set_clock(told, 79)
    clock.pass_ms(2 * MINUTE_MS)

    assert get(told, "/v1/channels")["channels"][0]["now"]["title"] == "甜瓜"
    clock.pass_ms(50 * MINUTE_MS)
    found = get(told, "/v1/channels")["channels"][0]
    assert (found["now"], found["next"]["title"]) == (None, "夜校")


def test_without_a_trustworthy_clock_nobody_says_what_is_on(told: Agent) -> None:
    found = get(told, "/v1/channels")

    assert found["now_utc_ms"] is None
    assert (found["channels"][0]["now"], found["channels"][0]["next"]) == (None, None)
    assert found["channels"][0]["has_guide"]
    window = get(told, "/v1/guide")
    assert (window["now_utc_ms"], window["from_utc_ms"], window["to_utc_ms"]) == (None, None, None)
    assert [row["programmes"] for row in window["rows"]] == [[], [], []]


def test_a_day_can_be_read_without_a_clock(told: Agent) -> None:
    window = get(told, f"/v1/guide?from_utc_ms={SEVEN_MS}&to_utc_ms={SEVEN_MS + 3 * HOUR_MS}")

    assert window["now_utc_ms"] is None
    assert [each["title"] for each in window["rows"][0]["programmes"]] == ["冬小麦", "甜瓜"]


def test_a_window_begins_where_the_guide_does_and_is_three_hours_long(told: Agent) -> None:
    set_clock(told, 32)

    window = get(told, "/v1/guide")

    assert window["from_utc_ms"] == SEVEN_MS
    assert window["to_utc_ms"] == SEVEN_MS + 180 * MINUTE_MS
    assert [each["title"] for each in window["rows"][0]["programmes"]] == ["冬小麦", "甜瓜"]


def test_pages_of_channels(told: Agent) -> None:
    assert [each["number"] for each in get(told, "/v1/channels?first=1&count=1")["channels"]] == [2]
    window = get(told, "/v1/guide?first=2&count=5")
    assert ([row["number"] for row in window["rows"]], window["first"], window["total"]) == ([3], 2, 3)


@pytest.mark.parametrize(("number", "first"), [(0, 0), (2, 1), (3, 2), (4, 3), (999, 3)])
def test_from_a_number_on(told: Agent, number: int, first: int) -> None:
    window = get(told, f"/v1/guide?number={number}&count=1")

    assert window["first"] == first
    assert all(each["number"] >= number for each in window["rows"])


@pytest.mark.parametrize(
    "query",
    [
        "first=-1",
        "count=0",
        "count=51",
        "from_utc_ms=10&to_utc_ms=10",
        "from_utc_ms=10&to_utc_ms=5",
        f"from_utc_ms=0&to_utc_ms={25 * HOUR_MS}",
        "from_utc_ms=soon",
        "from_utc_ms=99999999999999999999",
    ],
)
def test_a_window_that_is_none_is_refused(told: Agent, query: str) -> None:
    answer = told.get(f"/v1/guide?{query}")

    assert answer.status_code == 422
    assert set(answer.json()) == {"code", "words"}


def test_an_end_without_a_beginning_and_a_clock_is_no_window(told: Agent) -> None:
    assert get(told, f"/v1/guide?to_utc_ms={SEVEN_MS}")["to_utc_ms"] is None


def remind(agent: Agent, item_id: str) -> Any:
    return agent.call("POST", "/v1/reminders", json={"item_id": item_id})


def test_a_reminder_is_set_comes_due_and_is_forgotten(told: Agent, clock: FakeClock) -> None:
    set_clock(told, 32)
    [found] = remind(told, MELONS).json()["reminders"]
    assert (found["title"], found["number"], found["due"]) == ("甜瓜", 1, False)

    clock.pass_ms(46 * MINUTE_MS)
    [found] = get(told, "/v1/reminders")["reminders"]
    assert found["due"]

    assert told.call("DELETE", f"/v1/reminders/{MELONS}").json()["reminders"] == []


def test_a_wall_clock_that_jumps_moves_no_reminder(told: Agent, clock: FakeClock) -> None:
    set_clock(told, 32)
    remind(told, MELONS)
    clock.wall_ms += 365 * 24 * HOUR_MS

    [found] = get(told, "/v1/reminders")["reminders"]
    assert not found["due"]


def test_after_a_reboot_without_a_clock_it_waits_for_the_time(told: Agent, clock: FakeClock) -> None:
    set_clock(told, 32)
    remind(told, MELONS)
    clock.reboot("boot-2")

    found = get(told, "/v1/reminders")
    assert (found["now_utc_ms"], [each["due"] for each in found["reminders"]]) == (None, [False])

    set_clock(told, 79)
    assert [each["due"] for each in get(told, "/v1/reminders")["reminders"]] == [True]


def test_a_programme_that_the_guide_moves_is_reminded_of_when_it_is(told: Agent) -> None:
    set_clock(told, 32)
    remind(told, MELONS)
    tell(told, (0, 80, "冬小麦"), (80, 100, "加播"), (100, 125, "甜瓜"))

    [found] = get(told, "/v1/reminders")["reminders"]
    assert (found["item_id"], found["starts_utc_ms"]) == (MELONS, SEVEN_MS + 100 * MINUTE_MS)
    tell(told, (0, 200, "特别节目"))
    [found] = get(told, "/v1/reminders")["reminders"]
    assert found["starts_utc_ms"] == SEVEN_MS + 80 * MINUTE_MS


@pytest.mark.parametrize("item_id", ["L1@1", "L1", "L1@", "5.1", "L9@1795345200", "@", "L1@" + "9" * 90])
def test_what_is_in_no_guide_cannot_be_reminded_of(told: Agent, item_id: str) -> None:
    assert remind(told, item_id).json()["code"] == "unknown_programme"


def test_what_is_over_cannot_be_reminded_of(told: Agent) -> None:
    set_clock(told, 81)

    assert remind(told, WHEAT).json()["code"] == "over"


def test_the_operator_sees_where_it_comes_from(told: Agent) -> None:
    [found] = get(told, "/v1/guide/sources")["sources"]

    assert (found["source"], found["kind"], found["taken"]) == (SOURCE, "programmes", True)
    assert (found["channels"], found["programmes"], found["trouble"]) == (1, 3, "")
    assert told.call("POST", "/v1/guide/sources").json()["sources"] == [found]


def test_home_shows_no_more_channels_than_a_row_holds(agent: Agent, tmp_path: Path) -> None:
    text = "#EXTM3U\n" + "".join(f"#EXTINF:-1,{n}\nhttp://10.0.0.1/{n}\n" for n in range(5_000))
    with agent.database.writing() as tables:
        put_list(tables, "/etc/a.m3u", 0, channels_in([text]).channels, Validators())
        tables.execute("UPDATE delivery SET online = 1")

    [live] = [row for row in get(agent, "/v1/home")["rows"] if row["id"] == "live"]

    assert len(live["tiles"]) == 60
    assert len(get(agent, "/v1/channels?first=4900&count=500")["channels"]) == 101


def test_the_record_of_a_programme_goes_out_when_the_next_one_is_on(told: Agent, clock: FakeClock) -> None:
    set_clock(told, 70)
    play = Play("p1", "L1", clock.mono_ms(), "live")
    play.watch(5 * MINUTE_MS)
    told.call("POST", "/v1/reports", json=report(1, play)).raise_for_status()
    told.kicks.clear()
    play.go_on(MINUTE_MS)
    told.call("POST", "/v1/reports", json=report(2, play)).raise_for_status()
    assert not told.kicks.is_set()

    play.go_on(9 * MINUTE_MS)
    [state] = told.call("POST", "/v1/reports", json=report(3, play)).json()["plays"]

    assert told.kicks.is_set()
    assert state["played_ms"] == 5 * MINUTE_MS
    titles = [each["title"] for each in get(told, "/v1/record?month=2026-11")["sessions"]]
    assert titles == ["党建频道·甜瓜", "党建频道·冬小麦"]
