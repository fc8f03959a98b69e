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
    import_roster(house)
    operator.wait(lambda: operator.focus.startswith("row:"), "no course on the home screen", 40)
    HomeScreen(operator, house).open_course("2")
    operator.find("Right", "button:group", 4)
    operator.press("Return")
    operator.wait_for_screen("group_study")
    for card in CARDS.values():
        operator.type(card[-6:])
        operator.look_on(1)
    here = house.ask_agent("/v1/group?terminal=tv-1")["group"]
    assert (here["present"], [one["name"] for one in here["attendees"]]) == (2, ["王*", "李*芳"])
    operator.press("Return")
    operator.wait_for_screen("player")
    operator.wait_until_moving()
    operator.look_on(8)
    operator.press("End")
    operator.wait_for_screen("group_study")
    operator.find("Right", "button:end", 4)
    operator.press("Return")
    operator.press("Down")
    operator.press("Return")
    operator.wait_for_screen("group_summary")

    def held() -> list[dict[str, object]]:
        month = house.ask_agent("/v1/status")["month"]["month"]
        told = house.city_command("groups", "--station", BOX_STATION, "--month", month, "--json")
        return list(json.loads(told)["groups"])

    operator.wait(lambda: bool(held()), "no group study came to the city", 30)
    [group] = held()
    (session,) = house.ask_agent("/v1/record")["sessions"]
    assert (group["people"], group["kind"]) == (2, "free")
    assert group["effective_ms"] == session["effective_ms"] > 6_000
    assert group["person_ms"] == 2 * session["effective_ms"]
