"""An evening together by remote control alone, on the real television, box and city."""

import json

from demo.home_screen import HomeScreen
from demo.house import BOX_STATION, House
from demo.operator import Operator

CARDS = {"李秀芳": "1107010009", "王明": "1107010017"}


def import_roster(house: House) -> None:
    sheet = house.folder / "roster.csv"
    lines = [f"{name},{card}" for name, card in CARDS.items()]
    sheet.write_text("姓名,学习卡号\n" + "\n".join(lines) + "\n", encoding="utf-8")
    house.box_command("roster", "import", str(sheet))


def test_two_people_study_together_by_remote_control(house: House, operator: Operator) -> None:
    _open_check_in(house, operator)
    for card in CARDS.values():
        operator.type(card[-6:])
        operator.look_on(1)
    here = house.ask_agent("/v1/group?terminal=tv-1")["group"]
    assert (here["present"], [one["name"] for one in here["attendees"]]) == (2, ["王*", "李*芳"])
    _study_and_end(operator, 8)
    operator.wait(lambda: bool(_at_the_city(house)), "no group study came to the city", 30)
    [group] = _at_the_city(house)
    (session,) = house.ask_agent("/v1/record")["sessions"]
    assert (group["people"], group["kind"]) == (2, "free")
    assert group["effective_ms"] == session["effective_ms"] > 6_000
    assert group["person_ms"] == 2 * session["effective_ms"]


def test_it_is_planned_and_corrected_by_remote_control(house: House, operator: Operator) -> None:
    _open_check_in(house, operator)
    operator.type(CARDS["李秀芳"][-6:])
    _plan(operator, house)
    operator.wait(lambda: operator.focus == "button:main", "the big button has not the focus", 5)
    _study_and_end(operator, 9)
    operator.find("Right", "button:correct", 4)
    operator.press("Return")
    operator.wait_for_screen("group_correction")
    operator.find("Down", "fact:missing", 4)
    operator.press("Return")
    operator.wait_for_screen("group_member")
    operator.type(CARDS["王明"][-6:])
    operator.wait_for_screen("group_correction")
    operator.find("Down", "card:1", 2)
    operator.press("Return")

    def standing() -> list[dict[str, object]]:
        return [one for one in _at_the_city(house) if one["stands"] and one["people"] == 2]

    operator.wait(lambda: bool(standing()), "the correction did not come to the city", 30)
    [group] = standing()
    assert (group["kind"], group["person_ms"]) == ("branch_meeting", 2 * int(str(group["effective_ms"])))


def _open_check_in(house: House, operator: Operator) -> None:
    import_roster(house)
    operator.wait(lambda: operator.focus.startswith("row:"), "no course on the home screen", 40)
    HomeScreen(operator, house).open_course("2")
    operator.find("Right", "button:group", 4)
    operator.press("Return")
    operator.wait_for_screen("group_study")


def _study_and_end(operator: Operator, seconds: float) -> None:
    operator.press("Return")
    operator.wait_for_screen("player")
    operator.wait_until_moving()
    operator.look_on(seconds)
    operator.press("End")
    operator.wait_for_screen("group_study")
    operator.find("Right", "button:end", 4)
    operator.press("Return")
    operator.press("Down")
    operator.press("Return")
    operator.wait_for_screen("group_summary")


def _at_the_city(house: House) -> list[dict[str, object]]:
    """The group studies of this month."""
    month = house.ask_agent("/v1/status")["month"]["month"]
    told = house.city_command("groups", "--station", BOX_STATION, "--month", month, "--json")
    return list(json.loads(told)["groups"])


def _plan(operator: Operator, house: House) -> None:
    """A branch meeting, led by somebody who is in, with a discussion at its end."""
    operator.find("Left", "key:", 3)
    operator.find("Up", "button:plan", 5)
    operator.press("Return")
    operator.wait_for_screen("group_plan")
    operator.find("Left", "fact:", 2)
    operator.find("Up", "fact:kind", 5)
    operator.press("Return")
    operator.find("Down", "card:1", 2)
    operator.press("Return")
    operator.find("Down", "fact:facilitator", 3)
    operator.press("Return")
    operator.find("Down", "card:1", 2)
    operator.press("Return")
    operator.find("Right", "button:add", 3)
    operator.press("Return")
    operator.find("Down", "card:4", 5)
    operator.press("Return")

    def is_planned() -> bool:
        group = house.ask_agent("/v1/group?terminal=tv-1")["group"]
        leader = group["facilitator"]
        return bool(
            (group["kind"], group["agenda"][-1]["kind"]) == ("branch_meeting", "discussion")
            and leader is not None
            and leader["name"] == "李*芳"
        )

    operator.wait(is_planned, "the plan did not come to the box", 10)
    operator.press("Escape")
    operator.wait_for_screen("group_study")
