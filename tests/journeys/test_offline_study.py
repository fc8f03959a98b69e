"""A lecture held without the box: registered, returned, amended, approved, and counted once."""

import json
import re
from typing import Any

import requests

from demo.house import BOX_STATION, House, free_port
from study.operator_api import OPERATOR_PIN
from tests.journeys.test_evening import found_in
from tests.journeys.village import wait_until

PIN, OFFICE = "204816", "大兴区委组织部"
PEOPLE = {"诸葛测试甲": "1107010009", "诸葛测试乙": "1107010017"}
LECTURE = {
    "title": "果树冬剪",
    "kind": "evening_school",
    "place": "埝坛村",
    "day": "2026-10-20",
    "begins": "19:30",
    "minutes": "90",
}


class Desk:
    """The operator's browser, with the PIN."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self._token = ""
        self.send("", {"pin": PIN})

    def open(self, path: str) -> str:
        return self._seen(self._session.get(self._url + path, timeout=10))

    def send(self, path: str, fields: dict[str, Any], **more: Any) -> str:
        sent = {"form_token": self._token, **fields}
        return self._seen(self._session.post(self._url + path, data=sent, timeout=10, **more))

    def _seen(self, answer: requests.Response) -> str:
        assert answer.status_code == 200, answer.text
        if found := re.search(r'name="form_token" value="([^"]+)"', answer.text):
            self._token = found[1]
        return answer.text


def test_registered_returned_amended_approved_and_counted_once(house: House) -> None:
    desk = _desk(house)
    rows = "".join(f"{name},{card}\n" for name, card in PEOPLE.items())
    desk.send("/people/send", {}, files={"sheet": ("名单.csv", f"姓名,学习卡号\n{rows}".encode())})
    assert "新增 2 人" in desk.send("/people/take", {})
    house.city.stop()
    assert "已登记" in desk.send("/offline", {**LECTURE, "cards": "010009 010017"})
    house.start_city()
    wait_until(lambda: len(_held(house)) == 1, 60)
    assert _counted(house) == (0, 0)

    _decide(house, "return", "--words", "请写明地点")
    wait_until(lambda: "上级退回：请写明地点" in desk.open("/offline"), 60)
    number = re.findall(r'href="/operator/offline/(\d+)"', desk.open("/offline"))[0]
    members = re.findall(r'name="member" value="(\d+)" checked', desk.open(f"/offline/{number}"))
    amended = {**LECTURE, "place": "埝坛村文化室", "minutes": "60", "member": members}
    assert "已更正" in desk.send(f"/offline/{number}", amended)
    wait_until(lambda: [one["held_ms"] for one in _held(house)] == [3_600_000], 60)
    _decide(house, "approve")
    wait_until(lambda: "上级已认定" in desk.open("/offline"), 60)
    assert _counted(house) == (3_600_000, 2 * 3_600_000)

    desk.send(f"/offline/{number}/withdraw", {})
    wait_until(lambda: _counted(house) == (0, 0), 60)
    assert found_in(house.folder, [*PEOPLE, *PEOPLE.values(), PIN]) == []


def _desk(house: House) -> Desk:
    house.agent.stop()
    port = free_port()
    settings = f"page_port = {port}\ncatalogue_every_s = 2\nntp = false\n"
    (house.folder / "box" / "settings.toml").write_text(settings, encoding="utf-8")
    house.start_agent()
    house.ask_agent(OPERATOR_PIN, {"digits": PIN})
    return Desk(f"http://127.0.0.1:{port}/operator")


def _held(house: House) -> list[dict[str, Any]]:
    told = json.loads(house.city_command("offline", "list", "--month", "2026-10", "--json"))
    return [one for one in told["offline"] if one["stands"]]


def _decide(house: House, what: str, *more: str) -> None:
    [one] = _held(house)
    house.city_command("offline", what, "--station", BOX_STATION, one["number"], "--by", OFFICE, *more)


def _counted(house: House) -> tuple[int, int]:
    city = json.loads(house.city_command("report", "--month", "2026-10", "--json"))["city"]
    assert not city["total"]
    return city["offline"], city["offline_people"]
